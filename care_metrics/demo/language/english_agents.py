"""English phrases of agents and bots: how strongly each shows empathy, ownership, personalization and foresight."""

from care_metrics.demo.language.phrases import ByMood, lines

GREET = lines("""
    Thank you for getting in touch with {brand}, my name is {agent}, how can I help you?
    Good {dayperiod}, you're through to {agent} at {brand}. What can I do for you today?
    {brand}, {agent} speaking, good {dayperiod}.
    Welcome to {brand}, you're talking to {agent}. What brings you here today?
    Hello and welcome to {brand}, this is {agent}.
    Good {dayperiod} and thanks for waiting, this is {agent} from {brand}.
""")
# To a customer who was passed on: knowing the matter, or starting over.
GREET_KNOWN = lines("""
    Hello {first}, this is {agent}. My colleague told me about {thing}, so you don't have to start over.
    Good {dayperiod}, this is {agent}. I have the notes on {thing} in front of me, {first}.
    Hi {first}, {agent} here. I've read what you said about {thing} so far.
    {first}, this is {agent}. I know it's about {thing} and reference {ref}, I'll take it from here.
""")
GREET_ONWARD = lines("""
    Hi, {agent} here, you've been put through to me. What is it about?
    Hello, {agent} speaking, how can I help?
""")
GREET_OUTBOUND = lines("""
    Hello {first}, this is {agent} from {brand}. I'm calling you before you have to call us, it's about {thing}.
    Hi {first}, {agent} from {brand} here, with news about {thing}.
    Good {dayperiod}, {first}, it's {agent} from {brand}. I wanted to tell you where we are with {thing}.
""")
IDENTIFY_ASK = lines("""
    May I have your name and the last four digits of the account?
    Could you confirm your full name and reference for me?
    Which name and number is it under?
    I need your name and either the phone number or the e-mail on file.
    Could you tell me the reference, please?
    Can I take your name and the number on the account?
    What name should I look under, and which reference?
""")
IDENTIFY_AGAIN = lines("""
    I need your account number again, please.
    What was your name once more, and what's the problem?
    You'll have to tell me the whole thing from the start.
    I don't see any notes, so give me your name, number and the reason again.
    Please repeat your details, there is nothing in front of me.
""")

# Graded: 2 names the feeling or its cause, 1 acknowledges, 0 nothing, -1 cold or blaming. {felt} needs a circumstance.
EMPATHY: ByMood = {
    2: lines("""
        I can hear how frustrating this is, and you have every reason to be upset.
        That must be really stressful, especially after waiting {days} days.
        I'm so sorry, I can imagine how let down you feel after {years} years with us.
        Having to get in touch more than once about {thing} is exhausting, and I understand your anger.
        I completely understand why you're worried about {thing}.
        You trusted us and we let you down with {thing}; I'd feel the same way.
        Nobody should have to lose {hours} hours over {thing}, I understand how upsetting that is.
        I can imagine how hard {felt} must be.
        I'm really sorry, {felt} sounds so stressful.
        That is a lot to carry, {felt}, and I understand that you're upset.
        I hear you, {first}, and {felt} would worry me too.
    """),
    1: lines("""
        I'm sorry to hear about {thing}.
        I apologize for the trouble with {thing}.
        Sorry for the inconvenience with {thing}, {first}.
        I understand your concern about {thing}.
        I do apologize for the wait.
        I'm sorry that happened on {date}.
    """),
    0: lines("""
        OK.
        Right.
        Noted.
        Go on then.
        """),
    -1: lines("""
        You need to calm down before we go any further.
        That's simply the policy, there is nothing to be upset about.
        Well, you should have read the terms for {thing} before you agreed.
        Everybody complains about {thing}, it's not that serious.
        I can't do anything about how you feel.
        Shouting won't make {thing} go any faster.
        It's probably something you did wrong yourself.
    """),
}
# 2 a personal promise with an action and a time, 1 acts now, 0 passive, -1 pushes the matter away.
OWNERSHIP: ByMood = {
    2: lines("""
        I'll stay on this myself until {thing} is sorted, and I'll call you on {weekday} at {time}.
        I've put my own name on {ref} and I will check it first thing on {weekday}.
        I'm taking this over personally and will write to you by {time} on {weekday}, whatever the outcome.
        You have my word: I'll follow up with the team at {time} and get back to you the same day.
        I'll personally make sure that {thing} is closed by {weekday}, and I'll phone you to confirm.
        I will keep {ref} on my desk, and I'll ring you at {time} to check that it worked.
        You won't have to chase this, I'll call {phone} on {weekday} and see it through to the end.
    """),
    1: lines("""
        Let me check {thing} for you right now.
        I'm opening your file on my side.
        I'll look into {thing} straight away.
        Give me a second while I pull up {ref}.
        I'm going to update {ref} for you now.
        Let me see what I can find about {thing}.
    """),
    0: lines("""
        The system is loading.
        It says here {ref}.
        There is an entry from {date}.
        That takes a moment.
    """),
    -1: lines("""
        That's not my department, you'd have to call the other line about {thing}.
        Someone will look at {thing} at some point.
        Somebody will look into it, I can't say who or when.
        You'll have to try again another day and ask them about {ref}.
        I don't deal with {thing}, that's up to the back office.
        There's nothing I can do from here, try the website.
        Someone from another team might get back to you about {ref}.
        Someone will look, that's all I can tell you about {thing}.
        It isn't up to me, you'd need to take {ref} elsewhere.
    """),
}
# Weak personalization: only the name, or a detail said back.
PERSONAL = lines("""
    Thank you, {first}.
    Thanks, {first}, I have you here in {home}.
    I see it, {first}, the one ending in {last4}.
    Got it, {first}, so it started on {date}.
""")
# Strong personalization beyond the history of a topic: what the customer told us changes the way.
ADAPT = lines("""
    With {fits} in mind, I've picked the way that is easiest for you, {first}.
    Because of {fits}, I'm doing this differently than usual.
    You mentioned {fits}, {first}, so I've left out the steps that wouldn't work for you.
    Knowing about {fits}, I've arranged it around that.
""")
# Weak foresight: what happens next.
OUTLOOK = lines("""
    You'll get a confirmation at {email} within {hours} hours.
    It normally takes {n} working days, and you'll see it in the app first.
    You will receive a text on {phone} as soon as it's through.
    Please keep {ref}, it makes things quicker if you ever need to come back.
    Expect a letter around {date2}.
""")
HOLD = lines("""
    I'm going to put you on hold while I check {ref}.
    Bear with me, I need to ask my supervisor about {thing}.
    Please stay on the line, the page for {ref} is slow today.
    One moment on hold, please, while I look up {thing}.
""")
PASSING = lines("""
    I'm transferring you to another team for {thing}.
    I have to pass you on, {thing} is handled elsewhere.
    I'll put you through now, please stay on the line.
    I'll hand you over to a colleague who knows {thing} better.
""")
FAREWELL = lines("""
    You're welcome, {first}, thank you for being with {brand}.
    My pleasure, {first}. Have a good {dayperiod}.
    Is there anything else I can do for you, {first}? Otherwise, have a nice {weekday}.
    Glad I could help with {thing}. Take care, {first}.
""")
# Where nothing is solved yet.
FAREWELL_OPEN = lines("""
    Thanks for your patience with {thing}, {first}. Goodbye.
    I know that's not what you hoped to hear, {first}. Take care.
    Thank you for contacting {brand} about {thing}, {first}, goodbye.
""")
FAREWELL_SHORT = lines("""
    Goodbye from {brand}.
    That's all, then. Bye.
    Okay, case {ref} is noted. Bye.
    Next time please use the website for {thing}. Goodbye.
    Thank you for contacting {brand}.
""")
OUTREACH = lines("""
    We saw that {thing} may be affected, and you shouldn't have to find out by yourself.
    I noticed a problem with {thing} this morning and wanted you to know before it bothers you.
    We have been keeping an eye on {thing} since {date}, and I'd like to offer you a choice.
    There is a chance that {thing} won't go as planned on {weekday}, so I'm checking in with you.
""")
OUTREACH_ANSWER: ByMood = {
    -1: lines("""
        Well, I was already wondering, it's been annoying.
        Hm, that's not the news I wanted about {thing}.
        So it's late again. I'm not pleased.
    """),
    0: lines("""
        OK, what does that mean for {thing}?
        All right, I hadn't seen it yet. What are the options for {weekday}?
        I see. Does the reference {ref} stay the same?
    """),
    1: lines("""
        Oh, that's really nice of you to call about {thing}.
        Thanks for letting me know before I had to ask, I appreciate that a lot.
        Great that you noticed {thing}, I was about to get worried.
    """),
}
BOT_GREET = lines("""
    Hi, I'm the virtual assistant of {brand}. Tell me in a few words what you need.
    Welcome to {brand}. I'm a digital assistant and can help with most questions.
    Hello, this is {brand}'s automated assistant. What is it about?
""")
BOT_ASK = lines("""
    Please enter the reference or the last four digits of your account.
    Please confirm your e-mail or phone number so that I can find your account.
    Which of these fits best: {thing}, a payment, or something else?
    Please choose: status of {thing}, change of {thing}, or other.
""")
BOT_LOST = lines("""
    Sorry, I did not understand that. Could you rephrase your question about {thing}?
    I found {n} help articles about {thing}. Did one of them answer your question?
    I can help with {thing}. Please choose one of the options above.
    Let's try again. Is your question about {thing}, yes or no?
    I'm still learning. Please describe {thing} in other words.
""")
BOT_AGAIN: ByMood = {
    -2: lines("""
        I want a human being, this stupid bot understands nothing!
        This is infuriating, I have typed the same thing {n} times!
        Stop sending me articles, I'm furious, get me a person!
        Useless! {thing}, I said {thing}!
        For heaven's sake, let me talk to somebody, I'm losing my mind here.
    """),
    -1: lines("""
        No, that's not what I asked, and it's getting annoying.
        That article doesn't help me with {thing} at all.
        I'd rather speak to a person, this is frustrating.
        You keep asking the same thing about {thing}, it's tiresome.
        None of those options fit, unfortunately.
    """),
    0: lines("""
        It's about {thing}, the reference is {ref}.
        No, I mean {thing} from {date}.
        The second option, {thing}.
        I'd like to talk to someone about {thing}, please.
        Other. It concerns the {product}.
    """),
}
BOT_AGAIN |= {1: BOT_AGAIN[0], 2: BOT_AGAIN[0]}
BOT_DONE = lines("""
    Your request {ref} is complete. Was this helpful?
    All done, the change is stored under {ref}.
    I have sent the details about {thing} to {email}.
    That is settled under {ref}. Is there anything else?
""")
BOT_GIVE_UP = lines("""
    I could not complete this. Please see our help pages on {thing}.
    I have sent you {n} articles about {thing}. This chat will close soon.
    For {thing} please fill in the form on our website, reference {ref}.
""")
BOT_HANDED = lines("""
    I'll connect you with a member of the team for {thing}.
    Please wait while I find a person who can help with {thing}.
    Transferring you to an agent, reference {ref}.
""")
MAIL_OPEN = lines("""
    Dear {brand} team,
    Hello,
    To whom it may concern,
    Good {dayperiod},
""")
MAIL_WISH = lines("""
    Please let me know how we proceed with {thing}.
    I look forward to your answer by {weekday}.
    You can reach me on {phone} or at {email}.
    The reference is {ref}.
    I attach the message of {date} regarding {thing}.
""")
MAIL_SIGN = lines("""
    Regards, {first} {last}
    Kind regards, {first} {last}, {home}
    {first} {last}, {phone}
    Best, {first}
    Yours, {first} {last}, {address}, {home}
""")
REPLY_OPEN = lines("""
    Dear {first},
    Hello {first},
    Dear customer,
    Good {dayperiod}, {first},
""")
REPLY_SIGN = lines("""
    Kind regards, {agent}, {brand}
    Best wishes, {agent}
    Regards, {brand} customer service
    {agent}, {brand}
""")
FILLERS = lines("""
    um
    uh
    well
    yeah
    so
    okay so
    you know
    like
    right
    i mean
""")
