"""English phrases about an energy supplier's reasons."""

from care_metrics.demo.language.phrases import Topic, lines

ENERGY: dict[str, Topic] = {
    "meter_reading": Topic(
        thing=("the meter reading", "the meter", "the reading of {date}", "the smart meter"),
        facts=lines("""
            I want to give you my reading, it's {n}{last4}.
            The page doesn't take the reading for the meter ending in {last4}.
            Somebody came to read the meter on {date} and I was out.
            The reading on the bill is {n}{n2}40, the meter shows {n}{last4}.
            The display of the smart meter is blank.
            Where do I find the meter number?
            I sent the reading on {weekday} and see an estimate.
            The meter sends no data since {date}.
        """),
        fits="02 02 02 10 21 02 10 21",
        ask=lines("""
            What's the number printed on the meter?
            Is it the day or the night figure?
            Where and when did you read it?
            Can you read me the number once more?
        """),
        detail=lines("""
            The number is {ref}, the figure {n}{last4}.
            Day {n}{last4}, night {n2}{last4}.
            It's in the cellar, I read it at {time}.
            The last letter of the number is a K, the rest is {last4}.
        """),
        steps=lines("""
            I'm entering {n}{last4} for {date}.
            The estimate was {n2}00 higher than your figure.
            The meter lost its connection on {date}.
        """),
        fixed=lines("""
            The reading is in, the bill will be corrected to {amount}.
            The meter is connected again and sent its first figure.
            The next reading is due in {month2}.
        """),
        stuck=lines("""
            The figure is outside the range, so the system refuses it.
            The meter needs a visit, the first date is {date2}.
        """),
        ahead=lines("""
            With this figure your instalment is {amount2} too high, I can lower it from {month2} on.
            The visit in {month2} isn't needed any more, so I've cancelled it and you don't have to stay in.
            Take a photo of the meter on {date2}, the price changes that day.
        """),
        history=lines("""
            You read it on the first of each month, {first}, so I set the reminder for that day.
            The meter already failed in {month}, so I'm ordering a new one instead of a restart.
        """),
    ),
    "tariff_question": Topic(
        thing=("the tariff", "the {product}", "the price", "the offer of {date}"),
        facts=lines("""
            My contract ends on {date2}, which tariffs are there?
            I'd like to know what the {product} costs.
            I bought an electric car and charge it at night.
            Your letter of {date} mentions a new price.
            We put solar panels on the roof in {month}.
            Is the {product} fixed for {n} years?
            I use about {n}{n2}00 units a year.
            I'd like green power and pay {amount} at the moment.
        """),
        fits="02 02 11 22 02 00 02 00",
        ask=lines("""
            How much do you use in a year?
            Do you charge at home?
            Would you like a fixed price?
            How many people live there?
        """),
        detail=lines("""
            About {n}{n2}00, it's on the bill of {date}.
            Yes, from {time} on.
            Fixed, for {n} years if possible.
            We are {n} people in {city}.
        """),
        steps=lines("""
            The {product} would be {amount} a month for you.
            At night the unit costs a third less.
            The letter of {date} is about the old tariff.
        """),
        fixed=lines("""
            You're on the {product} from {date2}, {amount} a month.
            The night price is set, it starts at {time}.
            The offer is at {email}, valid until {date2}.
        """),
        stuck=lines("""
            The {product} isn't sold in {city} at the moment.
        """),
        ahead=lines("""
            With the panels you'll need another meter in {month2}, I can order it now so the credit isn't lost.
            If you charge after {time} only, you save about {amount2} a month, so set the timer.
            Your old contract would have renewed by itself on {date2}, so I've stopped that.
        """),
        history=lines("""
            You've used less every year since {years} years ago, {first}, so the small one is right for you.
            You asked us for green power in {month}, so I only compared those.
        """),
    ),
    "moving_home": Topic(
        thing=("the move", "the new address", "the supply at {address}", "the final bill"),
        facts=lines("""
            I'm moving to {address} on {date2}.
            The new tenant takes over on {weekday}.
            Who supplies the flat at {address}?
            I moved out on {date} and still get bills.
            I'd like to take the {product} with me to {city}.
            The meter at the new place shows {n}{last4}.
            I need the power on by {weekday}.
            The final bill should go to {email}.
        """),
        fits="00 11 02 11 20 00 02 11",
        ask=lines("""
            What's the day of the move?
            Do you have both readings?
            Who moves in after you?
            Which flat is it?
        """),
        detail=lines("""
            {date2}, around {time}.
            The old one is {n}{last4}, the new one {n2}{last4}.
            The landlord, reference {ref}.
            {address}, second floor, {city}.
        """),
        steps=lines("""
            The supply at {address} is free from {date2}.
            I'm closing the old account with {n}{last4}.
            The {product} can move with you, the price stays {amount}.
        """),
        fixed=lines("""
            The new address is active from {date2}.
            The old account is closed, the final bill is {amount}.
            The power will be on by {time} on {weekday}.
        """),
        stuck=lines("""
            The address isn't in the system, the network has to create it.
        """),
        ahead=lines("""
            Take a photo of both meters on the day, that settles any question later.
            The flat has an electric heater, so the instalment should be {amount2} higher from {month2}, or the first bill will hurt.
            The water company at {address} needs your notice as well, here's the number.
        """),
        history=lines("""
            You moved with us in {month} once before, {first}, so I've kept the same payment day.
            As you told us about the baby, I made sure that the heating is on a day earlier.
        """),
    ),
    "payment_plan": Topic(
        thing=("the payment plan", "the instalments", "the reminder", "the balance of {amount}"),
        facts=lines("""
            I can't pay {amount} at once this month.
            I got a reminder with a fee of {amount2}.
            I'd like to pay the balance in {n} parts.
            The direct debit of {date} was returned.
            I lost hours at work and need until {date2}.
            The letter says that you cut the supply on {date2}.
            I agreed on {n} instalments and the full sum was debited.
            My instalment went up to {amount} in {month}.
        """),
        fits="10 21 10 01 10 21 02 10",
        ask=lines("""
            How much could you pay a month?
            When does your income arrive?
            Did you get our letter of {date}?
            In how many parts would you like to pay?
        """),
        detail=lines("""
            About {amount2} a month, from {month2} on.
            On the last {weekday} of the month.
            Yes, with the number {ref}.
            {n} parts would be fine.
        """),
        steps=lines("""
            The balance is {amount}, the reminder was sent on {date}.
            {n} parts of {amount2} would be possible.
            I'm stopping the reminders for {ref}.
        """),
        fixed=lines("""
            The plan is set: {n} parts of {amount2}, the first on {date2}.
            The reminder fee is cancelled and the supply stays on.
            {amount} is paid back, and the plan counts again.
        """),
        stuck=lines("""
            A plan isn't possible for this balance in the system.
            The accounts team decides it and needs {days} days.
        """),
        ahead=lines("""
            There is a hardship fund in {city} that pays up to {amount2}; I've sent you the form with your data filled in.
            The next instalment would fall before your income, so I've moved it to the following {weekday}.
            If it gets tight again, tell us three days before, then no fee is charged; I'll remind you.
        """),
        history=lines("""
            You've paid on time for {years} years, {first}, so I'm taking the fee off.
            You told us in {month} about your hours at work, so I planned smaller parts.
        """),
    ),
    "high_bill": Topic(
        thing=("the bill", "the high bill", "the bill of {amount}", "the back payment"),
        facts=lines("""
            My bill is {amount}, last year it was {amount2}.
            I should pay {amount} more for {month}.
            The bill is an estimate although I sent a reading on {date}.
            We were away in {month} and the use went up.
            The new instalment is {amount}, the flat is empty.
            The {product} was promised at a lower price.
            The bill counts {n} months twice.
            The use of {date} is {n} times the normal one.
        """),
        fits="10 10 02 10 11 20 11 10",
        ask=lines("""
            Which reading is on the bill, and which on the meter?
            Is there anything new in the house?
            Which month do you mean?
            How many people live there?
        """),
        detail=lines("""
            The bill says {n2}{last4}, the meter {n}{last4}.
            Nothing new, only the {product} tariff.
            {month}, the one of {amount}.
            We are two people in {city}.
        """),
        steps=lines("""
            The bill uses an estimate of {date}, not your figure.
            I compared {n} years, {month} stands out.
            The price changed on {date}, that's {amount2} of it.
        """),
        fixed=lines("""
            The bill is corrected, it's {amount2} now.
            {amount} is cancelled, you get a new one at {email}.
            I have taken your reading, and {amount2} goes back to you.
        """),
        stuck=lines("""
            The bill stands, the amount is due on {date2}.
            The check of the meter takes {days} days and costs {amount2} if nothing is found.
            The correction has to come from billing, they don't take calls.
        """),
        ahead=lines("""
            The debit of the old sum would run on {weekday}, so I've stopped it before it leaves your account.
            I compared your use by the hour: the heater runs from {time} on, a timer would save about {amount2}.
            Next winter would bring the same gap, so I suggest {amount2} more a month from now on instead of one shock.
        """),
        history=lines("""
            You always send the reading yourself, {first}, so an estimate should never have been used.
            I have your three messages since {date} here, you don't need to prove it again.
        """),
    ),
    "power_cut": Topic(
        thing=("the power cut", "the supply", "the repair on {street}", "the fault"),
        facts=lines("""
            There's no power at {address} since {time}.
            The whole of {street} is dark.
            The power goes off {n} times a day since {date}.
            Half of the house has no power, the fuses are in.
            The repair was announced for {time}.
            My fridge was off for {hours} hours.
            The cable in front of {address} hangs down.
            It came back on {weekday} and went off again at {time}.
        """),
        fits="10 22 02 11 11 10 01 02",
        ask=lines("""
            Is it dark at the neighbours' too?
            Are the fuses in?
            What's the exact address?
            How many houses are dark?
        """),
        detail=lines("""
            Yes, all of {street}.
            They are in, I checked at {time}.
            {address}, {city}.
            Only our side of the road, {n} houses.
        """),
        steps=lines("""
            There's a fault at the station near {street}, a team is on the way.
            The fault was reported at {time} under {ref}.
            I see {n}00 homes in {city} without power.
        """),
        fixed=lines("""
            The power is back on {street}, please switch the main fuse once.
            The team finished at {time}, your line is stable.
            You're connected to the other station until the repair is done.
        """),
        stuck=lines("""
            There's no time for the repair yet.
            The team can't come before {weekday}.
            The fault is on the network's side, I only see that it's open.
        """),
        ahead=lines("""
            It will be off again on {date2} for {n} hours for the final repair, so charge what you need before.
            You can claim the food in the fridge, up to {amount2}; take a photo, and I'll send the form now.
            As it'll be cold tonight, there's a heated room at the school on {street}, open until {time}.
        """),
        history=lines("""
            You have a medical device at home, {first}, it's in our list, so you're first in line.
            It's the third cut at {address} since {month}, so I've asked for a check of the cable.
        """),
    ),
}
