"""English: all phrases of the demo's main language in one record."""

from care_metrics.demo.language import english_agents as agents
from care_metrics.demo.language import english_customers as customers
from care_metrics.demo.language import english_moods as moods
from care_metrics.demo.language.english_airline import AIRLINE
from care_metrics.demo.language.english_bank import BANK
from care_metrics.demo.language.english_energy import ENERGY
from care_metrics.demo.language.english_retail import RETAIL
from care_metrics.demo.language.english_telecom import TELECOM
from care_metrics.demo.language.phrases import Tongue, words

ENGLISH = Tongue(
    topics=TELECOM | BANK | RETAIL | AIRLINE | ENERGY,
    circumstances=customers.CIRCUMSTANCES,
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=words("January February March April May June July August September October November December"),
    date="{month} {day}",
    twelve_hours=True,
    greet=agents.GREET,
    greet_known=agents.GREET_KNOWN,
    greet_onward=agents.GREET_ONWARD,
    greet_outbound=agents.GREET_OUTBOUND,
    before=moods.BEFORE,
    after=moods.AFTER,
    again=customers.AGAIN,
    identify_ask=agents.IDENTIFY_ASK,
    identify_again=agents.IDENTIFY_AGAIN,
    identify=customers.IDENTIFY,
    identify_sharp=customers.IDENTIFY_SHARP,
    empathy=agents.EMPATHY,
    ownership=agents.OWNERSHIP,
    personal=agents.PERSONAL,
    adapt=agents.ADAPT,
    outlook=agents.OUTLOOK,
    react=moods.REACT,
    react_more=moods.REACT_MORE,
    reassured=moods.REASSURED,
    close=moods.CLOSE,
    close_more=moods.CLOSE_MORE,
    farewell=agents.FAREWELL,
    farewell_open=agents.FAREWELL_OPEN,
    farewell_short=agents.FAREWELL_SHORT,
    hold=agents.HOLD,
    passing=agents.PASSING,
    outreach=agents.OUTREACH,
    outreach_answer=agents.OUTREACH_ANSWER,
    bot_greet=agents.BOT_GREET,
    bot_ask=agents.BOT_ASK,
    bot_lost=agents.BOT_LOST,
    bot_again=agents.BOT_AGAIN,
    bot_done=agents.BOT_DONE,
    bot_give_up=agents.BOT_GIVE_UP,
    bot_handed=agents.BOT_HANDED,
    mail_open=agents.MAIL_OPEN,
    mail_wish=agents.MAIL_WISH,
    mail_sign=agents.MAIL_SIGN,
    reply_open=agents.REPLY_OPEN,
    reply_sign=agents.REPLY_SIGN,
    fillers=agents.FILLERS,
    comments=customers.COMMENTS,
)
