"""English phrases of customers by mood, from -2 (furious) to 2 (delighted)."""

from care_metrics.demo.language.phrases import ByMood, lines

# Said before the facts of the matter.
BEFORE: ByMood = {
    -2: lines("""
        I am absolutely furious with {brand} right now.
        Honestly, this is a disgrace.
        I have had it up to here with your company.
        This is unbelievable, I am so angry I can hardly type.
        I can't believe I have to go through this yet again.
        Nobody at {brand} seems to care at all.
        I've already been passed around {n} times today and I'm livid.
        This is the worst service I have had in {years} years.
        You have ruined my whole {weekday}.
        I am beyond upset.
        Let me be clear, I'm disgusted with how this has been handled.
        I've been on to you {n} times and every time it's the same useless story.
    """),
    -1: lines("""
        I'm not very happy about this.
        Look, I'm getting frustrated here.
        This is disappointing, to be honest.
        I'm rather worried, so I hope you can help.
        I'm a bit upset, if I'm honest.
        This has been bothering me since {weekday}.
        It's annoying to have to get in touch about this.
        I expected better from {brand}.
        Something went wrong again and I don't understand why.
        I hate to complain, but this is really inconvenient.
        I've been waiting {days} days and I'm losing patience.
        I'm quite anxious about this.
        This isn't what I was promised on {date}.
        It's a shame that I have to chase this myself.
    """),
    0: lines("""
        Hi there.
        Hello.
        Good {dayperiod}.
        Hi, I have a question about {thing}.
        Good {dayperiod}, I'm getting in touch about {thing}.
        Hi {agent}, this concerns {thing}.
        Right, so this is about {thing}.
        Hello, {first} here.
        Hi, my name is {first} {last}.
        Good {dayperiod}, this is {first} {last} from {home}.
        One thing I need to sort out today.
    """),
    1: lines("""
        Hi {agent}, hope you're having a nice {dayperiod}.
        Hello, your team was helpful last time, so I'm back with another question.
        Good {dayperiod}! I'm enjoying the {product} so far.
        Hi there, I like how easy it is to reach you.
    """),
    2: lines("""
        Hello! I have to say I love what {brand} does.
        Hi {agent}, first of all, your colleague on {date} was wonderful.
        Good {dayperiod}! I'm delighted with the {product}, honestly.
    """),
}

# Said after the facts.
AFTER: ByMood = {
    -2: lines("""
        It is completely unacceptable.
        I've wasted {hours} hours on this and got nothing but excuses.
        I want this sorted today or I'm leaving {brand} for good.
        I have never been treated this badly by any company.
        You keep promising things and nothing ever happens.
        How can you treat someone who has paid you for {years} years like this?
        I'm sick and tired of it.
        It's a complete mess and I blame you.
        This is outrageous and I will tell everybody about it.
        My whole week has been ruined because of it.
        I feel cheated.
    """),
    -1: lines("""
        It's really annoying.
        I'm worried it won't be fixed in time.
        I've been waiting {days} days and I'm not impressed.
        That's frustrating, because I already did everything you asked.
        I find that quite disappointing.
        It still doesn't work and I don't know what else to do.
        I'm starting to regret choosing {brand}.
        I really didn't need this trouble on a {weekday}.
        I'm unhappy with how slow this has been.
        It's the second time, and it is getting tiresome.
        Nobody explained anything to me, which is upsetting.
    """),
    0: lines("""
        Could you take a look?
        Can you tell me what I need to do?
        What are the next steps?
        Is that something you can do from your side?
        I noticed it on {date}.
        It's for the account ending in {last4}.
        I can be reached until {time}.
        How long does that normally take?
        I have the reference {ref} here if that's useful.
        I'm at home in {home} at the moment.
        I need to know before {weekday}.
        Please let me know how that works.
    """),
}
AFTER |= {1: AFTER[0], 2: AFTER[0]}

# How the customer takes the news, mid-way.
REACT: ByMood = {
    -2: lines("""
        No, that is not good enough.
        Are you serious? That's ridiculous.
        So I'm supposed to just sit here and wait? Unbelievable.
        That is a terrible answer and you know it.
        I don't want excuses, I want {thing} fixed now.
        This is exactly the nonsense I was told {days} days ago.
        You're wasting my time.
        I want to speak to a manager, this is hopeless.
        That's outrageous, it's your mistake and I'm the one paying for it.
    """),
    -1: lines("""
        That's not really what I was hoping for.
        Hmm, that's disappointing.
        I'm still worried that it will happen again.
        I appreciate you trying, but I'm still frustrated about {thing}.
        That sounds like another delay, and I'm not happy about it.
        I don't find that very convincing.
        It's annoying that I have to wait until {weekday}.
        That doesn't help me much, I'm afraid.
        I'm sorry, but I've heard that before and it didn't work out.
    """),
    0: lines("""
        OK, I see, so that's how {thing} works.
        All right, {weekday} is possible for me.
        Yes, I have the page with {thing} open now.
        I can do that on {weekday} after {time}.
        Got it, I wrote down {ref}.
        And does that change anything for {thing}?
        Fine, please go ahead with {thing}.
        Let me check that on my side, one moment, it says {ref}.
        I think it was around {time} on {date}, if that matters.
        Understood, so nothing else is needed for {thing}.
    """),
    1: lines("""
        Oh good, that's a relief.
        That sounds great, I'm glad we found it.
        Nice, that was quicker than I expected.
        Oh, that makes me feel better about {thing}.
        Perfect, that works really well for me.
        I'm happy with that.
        That's kind of you, {agent}.
        Good, now I understand, that's really helpful.
    """),
    2: lines("""
        Wow, that's fantastic, I'm so relieved!
        That's amazing, thank you so much, {agent}!
        You're a star, I was dreading this and you made it so easy.
        Oh wonderful, that's more than I had hoped for!
        That's brilliant, I'm really impressed.
        I love that, what a great solution for {thing}.
    """),
}
REACT_MORE: ByMood = {
    -2: lines("""
        I have been waiting since {date} and all I get is empty words.
        {amount} may be nothing to you, but it makes me furious.
        Nobody ever calls back, nobody takes responsibility.
        If this isn't done by {weekday}, I'm gone.
        I feel completely let down by {brand}.
        I've lost all trust in you after {years} years.
        I am so fed up with this.
    """),
    -1: lines("""
        I was told {days} days at most and it has been longer.
        I'd feel better if I knew who takes care of it.
        It already cost me {hours} hours, which is frustrating.
        I'm just tired of dealing with {thing}.
        It worries me because of {weekday}.
        It leaves a bad taste after {years} years with {brand}.
        I had hoped for something better than that.
    """),
    0: lines("""
        Does it matter that it was on {date}?
        I'm using the {product}, by the way.
        The amount I see is {amount}.
        Shall I keep the reference {ref}?
        My address is still {address}.
        And the {product} stays as it is?
        Would {weekday} at {time} be possible?
    """),
    1: lines("""
        I was a little nervous about {thing}, so that's a relief.
        I like that you looked into {thing} straight away.
        That saves me a trip on {weekday}, which is lovely.
        It's nice to get a clear answer about {amount}.
        Good to know for {weekday}, that helps a lot.
    """),
    2: lines("""
        I wish everybody was as helpful as you.
        I've been with {brand} for {years} years and this is the best help I've had.
        You've made my {weekday}.
        I really can't thank you enough for sorting {thing}.
    """),
}
# After warm words, while the trouble is not over: mixed feelings.
REASSURED = lines("""
    Thank you for saying that, it was stressful, but go on.
    I appreciate that, {agent}. It's just been a hard {weekday} with {thing}.
    Thanks for understanding, I'm still upset about {thing}, but not at you.
    That's kind. I just want {thing} to be over.
    OK, thank you for listening. I was really worked up about {thing}.
""")

CLOSE: ByMood = {
    -2: lines("""
        This was a complete waste of my time.
        Forget it, I'm cancelling everything with {brand}.
        You've been no help whatsoever and I'm furious.
        I will be writing a complaint about this, it's shameful.
        Unbelievable. I'm done with {brand}.
        I hope you realise you've just lost a customer of {years} years.
        That's pathetic. Goodbye.
        I'm hanging up more angry than I was before.
    """),
    -1: lines("""
        Well, that's disappointing, but I suppose I have no choice.
        I'm not satisfied with that, but I'll wait until {weekday}.
        OK. I'm still not happy about {thing}.
        Then I'll have to contact you again, which is annoying.
        I hope that's true this time, because I have my doubts.
        That leaves me worried about {thing}, frankly.
        Fine. I expected more from {brand}.
        It's frustrating that {thing} is still not solved.
    """),
    0: lines("""
        OK, that answers my question about {thing}. Bye.
        All right, then I'll wait for {weekday}. Goodbye.
        No, nothing else today besides {thing}. Thanks, bye.
        OK, thanks, I have noted {ref}.
        Right, that's all for now on {thing}. Have a good {dayperiod}.
        Thank you, {agent}, goodbye.
        No more questions about {thing}, thanks. Bye {agent}.
        OK, I'll do that on {weekday} then.
    """),
    1: lines("""
        Great, thank you so much for your help, {agent}.
        Perfect, that was easy, I really appreciate it.
        That's a relief, thanks a lot for sorting {thing}.
        Lovely, I'm glad I got in touch.
        Thank you, you've been very helpful with {thing}.
        Great, I'm happy with how that went.
        Good, thanks for being so quick about {thing}.
        That's really helpful, thanks for explaining {thing} so clearly.
    """),
    2: lines("""
        You've been absolutely wonderful, {agent}, thank you so much!
        That is the best service I've had in {years} years, thank you!
        I'm so happy, you saved my {weekday}!
        Amazing, I'll tell everyone how well {brand} treated me!
        Thank you, thank you, thank you, {agent}, I'm so grateful!
        Fantastic! I was so worried about {thing} and now it's all fine!
        I'm really impressed, what a pleasure to deal with {brand}!
    """),
}
CLOSE_MORE: ByMood = {
    -2: lines("""
        I'll be telling my friends in {home} to stay away.
        And don't bother to send me a survey.
        {amount} and {days} days of my life for nothing.
        I regret every one of those {years} years.
    """),
    -1: lines("""
        I had really hoped this would be over today.
        Please just make sure that somebody does something.
        It's the {date} business all over again.
        I'm tired of chasing this.
    """),
    0: lines("""
        I'll look out for the message on {weekday}.
        The reference was {ref}, correct?
        I'll check the amount of {amount} on {weekday}.
        You can reach me on {phone} if needed.
    """),
    1: lines("""
        That was less trouble than I feared.
        Have a lovely {weekday}, {agent}.
        I feel much better about {thing} now.
        Good to have the {amount} matter off my mind.
    """),
    2: lines("""
        Have a wonderful {dayperiod}, you deserve it.
        Please tell your manager that {agent} is a treasure.
        I feel so much better now.
        {brand} has a customer for life.
    """),
}
