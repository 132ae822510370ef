"""English phrases of customers that do not follow a mood, what happens in their lives, and their survey comments."""

from care_metrics.demo.language.phrases import ByMood, Circumstance, lines

AGAIN = lines("""
    I already contacted you about this on {date}.
    This is my second try, the first one was on {weekday}.
    I spoke to somebody about it {days} days ago, reference {ref}.
    Your colleague told me on {weekday} that it was done.
    It came back after the last conversation, {days} days ago.
""")

IDENTIFY = lines("""
    It's {first} {last}, the account ends in {last4}.
    {first} {last}, reference {ref}.
    Sure, the name is {last}, first name {first}, and the number ends in {last4}.
    My number is {ref} and the postcode matches {home}.
    That would be {first} {last}, phone {phone}.
    The e-mail on the account is {email}.
    It should be under {phone}, or else under {email}.
    {first} {last}, {address}, {home}.
    The card on file is {card}, name of {last}.
    Yes, {first} {last}, and you can call me back on {phone}.
    The reference says {ref}, dated {date}.
    It's under my name, {first} {last}, for {years} years now.
""")
IDENTIFY_SHARP = lines("""
    I've already given that twice! It's {last4}, {first} {last}, for the last time.
    Seriously? Again? {first} {last}, {ref}. Don't you write anything down?
    I just told the last person all of this. {last}, {last4}. This is ridiculous.
    Why do I have to repeat myself every single time? {first} {last}, {phone}.
    I'm tired of repeating this. The reference is {ref}.
""")

CIRCUMSTANCES: tuple[Circumstance, ...] = tuple(
    Circumstance(*row)
    for row in (
        (
            "I work from home and have a client meeting at {time}.",
            "having to prepare a client meeting with this hanging over you",
            "your meeting at {time}",
        ),
        ("My mother lives alone and relies on it.", "worrying about your mother on her own", "your mother's situation"),
        (
            "We have two small children at home.",
            "dealing with this while looking after two little ones",
            "the two children at home",
        ),
        (
            "I start a new job on {weekday}.",
            "having this on your mind right before a new job",
            "your first day on {weekday}",
        ),
        (
            "I'm getting married in {away} in {n} weeks.",
            "having this land on you so close to the wedding",
            "the wedding in {away}",
        ),
        (
            "I run a small shop and can't serve people like this.",
            "watching your shop lose business over this",
            "the opening hours of your shop",
        ),
        (
            "I'm recovering from an operation and can't go out.",
            "being stuck indoors after an operation with this on top",
            "the fact that you can't go out right now",
        ),
        ("I'm a student and {amount} is a lot for me.", "being short of {amount} as a student", "your student budget"),
        ("It's my son's birthday on {weekday}.", "seeing your son's birthday at risk", "the birthday on {weekday}"),
        (
            "I work nights, so I only have until {time}.",
            "losing your sleep over this after a night shift",
            "your night shifts",
        ),
        (
            "I look after my father, who is ill.",
            "carrying this while you care for your father",
            "the time you need for your father",
        ),
        (
            "I'm going to {away} on {weekday}.",
            "having to sort this out just before your trip to {away}",
            "your trip to {away} on {weekday}",
        ),
        (
            "I lost my job in {month}, so money is tight.",
            "facing this when money is already tight",
            "your budget since {month}",
        ),
        ("We moved to {home} {n} weeks ago.", "not being able to settle in after the move", "your move to {home}"),
        (
            "I'm hard of hearing, so I prefer things in writing.",
            "being sent to a phone line that doesn't work for you",
            "your wish to have things in writing",
        ),
        ("My exam is on {weekday} at {time}.", "having this happen days before an exam", "your exam on {weekday}"),
    )
)
COMMENTS: ByMood = {
    -2: lines("""
        Terrible. {n} contacts about {thing} and still nothing.
        Nobody took responsibility, I felt like a number.
        Worst experience in {years} years, I am leaving.
        I was passed around and had to repeat everything. Awful.
        Rude and useless, and {thing} is still wrong.
    """),
    -1: lines("""
        It took too long and I had to explain {thing} twice.
        Polite enough, but nothing was solved.
        I'm still waiting for the call that I was promised on {weekday}.
        Too much effort for something so simple.
        The bot kept me in circles before I got a person.
    """),
    0: lines("""
        It was OK, {thing} took about {n} minutes.
        My question about {thing} was answered.
        Average. I got the information on {weekday}.
        It was about {thing}, no further remarks.
    """),
    1: lines("""
        Friendly and quick, {thing} was sorted in one go.
        {agent} was helpful and explained {thing} well.
        Good service, easier than I expected.
        I liked that somebody called me before I had to ask.
    """),
    2: lines("""
        {agent} was fantastic and really cared about {thing}.
        Wonderful help, I felt listened to for the first time.
        Excellent, fixed at once, and I was called back as promised!
        The best support I've had, thank you {agent}!
    """),
}
