"""English phrases about a mobile operator's reasons, and the password reset that it shares with the bank."""

from care_metrics.demo.language.phrases import Topic, lines

TELECOM: dict[str, Topic] = {
    "password_reset": Topic(
        thing=("the login", "the password", "the online access", "the {brand} app"),
        facts=lines("""
            The app says that my password for the account ending in {last4} is wrong.
            I need a new password for the account ending in {last4}.
            I changed phones on {date} and the app no longer takes my old password.
            The reset link that came on {weekday} has expired.
            I'm locked out of the online account after {n} tries.
            The code for the reset goes to an old number, the new one is {phone}.
            I'd like to reset the password that goes with {email}.
            The page asks for a code and none has arrived since {time}.
        """),
        fits="00 21 12 21 00 12 21 12",
        ask=lines("""
            Do you still have access to the e-mail address on file?
            Which device are you using, and do you see a code field?
            Is the number ending in {last4} still yours?
            What exactly does the screen say?
        """),
        detail=lines("""
            Yes, I can read the mails sent to {email}.
            It's a phone I bought on {date}, and I see the field for the code.
            No, the number changed on {date}, it's {phone} now.
            On the laptop it says error {n}{n}1, on the phone nothing.
        """),
        steps=lines("""
            I can see {n} failed tries on {date}, after that the account was locked.
            The old number is still set for codes, so I'm replacing it with {phone}.
            I'm sending a new link to {email}, it's valid until {time}.
        """),
        fixed=lines("""
            The account ending in {last4} is open again, and the new password works from now on.
            The new link is in your inbox, and your old devices stay signed in.
            I can see your login from {city} just now, so that worked.
        """),
        stuck=lines("""
            The reset for {last4} is blocked by the security check until {weekday}.
            I can't change the number for the codes without a letter to your address.
        """),
        ahead=lines("""
            If you switch phones again, add a backup number first, otherwise the same lock comes back; shall I add one now?
            I noticed that your backup e-mail is out of date as well, so I suggest we replace it before it locks you out.
            Your saved password on the tablet will try the old one, so delete it there, or you'll be locked out again by {weekday}.
        """),
        history=lines("""
            I see this already happened to you on {date}, so this time I'm removing the old device for good.
            You prefer codes by e-mail, {first}, I've kept it that way.
        """),
    ),
    "plan_change": Topic(
        thing=("the plan", "the plan change", "the contract", "the {product}"),
        facts=lines("""
            I'd like to move from the {product} to something with more data.
            My plan ends on {date} and I want to know what else there is.
            I want to add a second line to the {product}.
            I use about {n} gigabytes a month and pay {amount}.
            Can I go down to a smaller plan from {weekday}?
            I need roaming for {city} for {n} weeks.
            A neighbor pays {amount} for the {product}, and I'd like to see that offer.
            I want to keep my number {phone} and change to the {product}.
        """),
        fits="00 01 10 00 11 22 00 10",
        ask=lines("""
            How much data do you need in a normal month?
            Would you rather keep the {product} or go month by month?
            From which day should the change count?
            Which lines are part of it?
        """),
        detail=lines("""
            About {n} gigabytes, a bit more on weekends in {city}.
            I'd keep the {product} if it stays at {amount}.
            From {weekday}, and month by month if possible.
            Two lines, mine and the one ending in {last4}.
        """),
        steps=lines("""
            There are {n} plans that fit, and the {product} would cost {amount} a month.
            The change can start on {date2}, and the number {phone} stays.
            I'm adding roaming for {city} as a trial of {n} weeks.
        """),
        fixed=lines("""
            The {product} is active from {date2} at {amount} a month.
            You're on the new plan now, and the old one ends on {weekday} without a fee.
            Roaming for {city} is switched on for {n} weeks.
        """),
        stuck=lines("""
            The {product} can't be changed before {date2} because the contract is still running.
        """),
        ahead=lines("""
            Your next bill will show both plans for {n} days, so don't be surprised by {amount}; it levels out after that.
            With your usage you'd save {amount} a year on the family plan, so I can compare the two for you.
            Before you fly to {city}, switch off automatic updates, otherwise the first day eats half of the package.
        """),
        history=lines("""
            You've been with us for {years} years and always used less than {n} gigabytes, so the small one suits you best.
            On {date} you told us you don't want a long contract, so I left those out.
        """),
    ),
    "device_setup": Topic(
        thing=("the {product}", "the device setup", "the SIM card", "the hotspot"),
        products=("Nomad router", "Orbit watch", "Beam 5 phone", "Lumo tablet"),
        facts=lines("""
            The {product} arrived on {weekday} and shows no signal.
            I put the SIM card in and it says emergency calls only.
            How do I set up the hotspot on the {product}?
            The light on the router is orange since {time}.
            The {product} finds the network in {city} and then loses it.
            The eSIM code was scanned already and now it's invalid.
            I'm trying to connect the watch to the line ending in {last4}.
            The voicemail on the new phone asks for a code.
        """),
        fits="00 00 11 20 20 02 02 12",
        ask=lines("""
            Which light do you see on the front right now?
            Did you restart it after you put the card in?
            What does the screen show under network?
            Which version is installed?
        """),
        detail=lines("""
            It's orange and blinks {n} times.
            I restarted it at {time}, no change.
            Under network it says searching, and the signal bar is empty.
            It's version {n}.{n}, updated on {date}.
        """),
        steps=lines("""
            The card ending in {last4} was not activated yet, I'm doing that at the moment.
            Please open settings, then network, and choose the second entry.
            I see the device in {city}, and it asks for an update first.
        """),
        fixed=lines("""
            It's registered in the network now, and the {product} should show full bars.
            The hotspot is on, its name is {brand}-{last4}.
            The new code works, the old one is cancelled.
        """),
        stuck=lines("""
            The {product} has to be exchanged, the new one leaves on {weekday}.
            The activation is stuck in the system and I can't push it from here.
        """),
        ahead=lines("""
            After the update it will restart twice around {time}, so don't unplug it then.
            As you're setting up the watch next, I'll send the code for it now, so you won't have to come back.
            The old phone keeps getting messages for a day, so leave it on until {weekday}.
        """),
        history=lines("""
            You set up the {product} with us in {month}, so your settings are stored and I can copy them over.
            I remember from the notes that you like the step-by-step text, {first}, I'll send it that way.
        """),
    ),
    "billing_dispute": Topic(
        thing=("the bill", "the invoice of {date}", "the charge of {amount}", "the overcharge"),
        facts=lines("""
            There is a charge of {amount} on my bill that I did not order.
            The bill of {date} shows {amount}, last month it was {amount2}.
            I was billed twice for the {product}.
            The discount from {month} is missing on the bill.
            I returned the {product} on {date} and it's still on the invoice.
            Roaming for {city} is listed, and I was at home in {month}.
            I cancelled the second line and {amount} was debited on {weekday}.
            The bill says {n} premium messages that I don't know.
        """),
        fits="01 22 10 22 12 01 10 01",
        ask=lines("""
            Which page is it on, and from which date?
            What does that line say exactly?
            How was it paid, by card or by debit?
            What's the number of the invoice?
        """),
        detail=lines("""
            Page two, {date}, {amount}.
            It's the third line, {amount}, with the name of the {product}.
            By card, ending in {last4}, on {weekday}.
            The number on the invoice is {ref}.
        """),
        steps=lines("""
            I can see {amount} on {date}, booked as an add-on to the {product}.
            The second debit came from a plan that was closed in {month}.
            The discount ran out on {date}, that explains {amount}.
        """),
        fixed=lines("""
            {amount} is credited, you'll see it on the next bill.
            The add-on is removed, and {amount} goes back to the card ending in {last4}.
            I have corrected the invoice, the new total is {amount2}.
        """),
        stuck=lines("""
            The charge of {amount} stays on the bill for now, billing reviews it until {weekday}.
            The review of {ref} takes {days} working days, and until then the amount is due.
        """),
        ahead=lines("""
            The same add-on was about to renew on {date2}, so I've blocked it before it charges you again.
            Your bank may still show {amount} for {n} days; if you like, I can stop the debit meanwhile.
            I also checked the months before: {month} has the same mistake, and I can correct that one too.
        """),
        history=lines("""
            In {years} years you've never been late once, {first}, so I'm crediting it before the review.
            You already wrote about this on {date}, I have that message here and take it from there.
        """),
    ),
    "outage": Topic(
        thing=("the outage", "the network failure", "the connection", "the internet connection"),
        facts=lines("""
            I have no signal in {city} since {time}.
            The internet at home dropped on {weekday} and the router light is red.
            Calls break off after {n} minutes, here on {street}.
            There is no service in the whole street since {date}.
            The page says everything is running, and my line is dead.
            The connection is down for {hours} hours now.
            Data works and calls don't, since {time}.
            It was back on {weekday} for {n} hours and then stopped again.
        """),
        fits="01 10 01 22 10 22 01 10",
        ask=lines("""
            Which lights are on, and since when exactly?
            Is it the same on another device?
            What's the address of the line?
            Are other people near you affected too?
        """),
        detail=lines("""
            Only the power light, since {time}.
            All {n} devices, the phone and the tablet too.
            {address} in {city}.
            My neighbor has the same since {weekday}.
        """),
        steps=lines("""
            There is a mast down near {street}, technicians were called at {time}.
            I measured the line to {address}, the fault is in the distribution box.
            The repair for {city} is registered under {ref}.
        """),
        fixed=lines("""
            The line is up again, the test shows the full speed.
            I have switched you to the other mast, calls should hold now.
            The technician closed the fault at {time}, please restart the router once.
        """),
        stuck=lines("""
            The repair is planned for {date2}, earlier is not possible.
            The technician can come on {weekday} at the earliest.
        """),
        ahead=lines("""
            Until it's back I can activate {n} gigabytes of mobile data for free, so that you can work on {weekday}.
            There will be a second short break on {date2} while they replace the cable, so plan around {time}.
            I'll credit {days} days to the bill now, then you won't have to ask for it later.
        """),
        history=lines("""
            This is the second failure at your address since {month}, so I'm not sending you through the basic checks again.
            You told us on {date} that you work from home, {first}, so I'm treating it as urgent.
        """),
    ),
    "cancellation": Topic(
        thing=("the cancellation", "the contract end", "the final bill", "the notice of {date}"),
        facts=lines("""
            I want to cancel the {product} as of {date2}.
            I sent my notice on {date} and there is no confirmation.
            The form for cancelling ends at a blank page.
            I was told on {weekday} that my notice came {n} days too late.
            Another provider offers the same for {amount}.
            I cancelled in {month} and got a bill of {amount} anyway.
            I'd like to know the fee for leaving before {date2}.
            I have cancelled twice, on {date} and by letter.
        """),
        fits="10 01 20 01 12 01 10 01",
        ask=lines("""
            What's the reason you want to leave?
            When did you send the notice, and how?
            Should the number {phone} move with you?
            Which way did you use to cancel?
        """),
        detail=lines("""
            The price, and the signal in {city}.
            By letter from {city} on {date}, with the number {ref}.
            Yes, the number moves to the new provider on {date2}.
            I used the form on {weekday} around {time}.
        """),
        steps=lines("""
            Your notice of {date} is in the file, it was never processed.
            The contract runs until {date2}, the fee for leaving now is {amount}.
            I see {n} months left on the {product}.
        """),
        fixed=lines("""
            The contract ends on {date2} without a fee, the confirmation is on its way.
            I have accepted your notice as of {date}, and {amount} is cancelled.
            The number {phone} is released for the move.
        """),
        stuck=lines("""
            The contract can only end on {date2}, the notice came too late.
            The fee of {amount} remains, that is in the terms.
        """),
        ahead=lines("""
            Download your bills before {date2}, the login closes with the contract; I can send them all to {email} if you like.
            Your device rate of {amount} would go on after that, so I'd settle it in the same step.
            If the new provider asks for a code for {phone}, here it is already, so nothing is delayed.
        """),
        history=lines("""
            After {years} years with us I owe you a straight answer, {first}: you can leave on {date2}.
            I see how often the signal in {city} failed you since {month}, so I'm waiving the fee.
        """),
    ),
}
