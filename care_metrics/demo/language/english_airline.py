"""English phrases about an airline's reasons."""

from care_metrics.demo.language.phrases import Topic, lines

AIRLINE: dict[str, Topic] = {
    "seat_request": Topic(
        thing=("the seat", "the seat reservation", "the booking {ref}", "the {product}"),
        facts=lines("""
            I'd like an aisle seat on the {product}.
            We booked {n} seats together and they are in different rows.
            I paid {amount} for more legroom and have a normal seat.
            Please put a vegetarian meal on booking {ref}.
            Is row {n2} free on the flight to {city}?
            I need a wheelchair at the gate in {city}.
            The seat map for {date2} doesn't open.
            My daughter sits alone in row {n}{n2}.
        """),
        fits="00 10 00 22 00 31 00 10",
        ask=lines("""
            What's the booking reference?
            Window or aisle?
            Which flight is it?
            How many are you?
        """),
        detail=lines("""
            {ref}, the flight to {city} on {date2}.
            Aisle, as far in front as possible.
            The {product} on {weekday}.
            {n} adults and one child.
        """),
        steps=lines("""
            Rows {n} and {n2} are still free on {date2}.
            I'm moving all of you to row {n}{n2}.
            The meal has to be ordered before {weekday}.
            The ground staff in {city} needs a day's notice, so that works.
        """),
        fixed=lines("""
            You have row {n}{n2}, seats C and D, on {date2}.
            The wheelchair is booked for {city}, and you get a text with the meeting point.
            The meal is on {ref}, and the extra of {amount} is refunded.
        """),
        stuck=lines("""
            The flight to {city} is full, seats are given at the gate.
        """),
        ahead=lines("""
            On the way back you'd be apart again, so I've joined those seats too.
            The gate in {city} is far, so with a wheelchair plan {n}0 minutes more; I've told the ground staff.
            Check-in opens on {date2}; do it early, as the plane may change and seats with it.
        """),
        history=lines("""
            You always take the aisle on the left, {first}, so that's what I looked for.
            I see that your daughter flew alone with us in {month}, so I noted that she wants to sit with you.
        """),
    ),
    "booking_change": Topic(
        thing=("the booking", "the date change", "the ticket to {city}", "booking {ref}"),
        facts=lines("""
            I want to move my flight to {city} from {weekday} to a day later.
            My name is misspelled on booking {ref}, it's {last}.
            I need to fly back on {date2} instead.
            Can I add a suitcase to {ref}?
            I booked two tickets to {city} and need one.
            The website wants {amount} for the change.
            I'd like to change the return airport to {city}.
            The connection in {city} is {n}0 minutes, is that enough?
        """),
        fits="00 13 20 21 22 20 20 00",
        ask=lines("""
            What's the reference, and the new date?
            Should both directions change?
            Which flight would you like instead?
            How is the name spelled?
        """),
        detail=lines("""
            {ref}, and the new date is {date2}.
            Only the way back.
            The one at {time}, if it's free.
            {first} {last}, spelled as in {email}.
        """),
        steps=lines("""
            On {date2} there are {n} seats at {time}, the difference is {amount2}.
            The name is corrected on the ticket, please check it.
            The fare of {ref} allows one change.
        """),
        fixed=lines("""
            You're booked to {city} on {date2} at {time}.
            The suitcase is on {ref}, it cost {amount2}.
            The second ticket is cancelled, {amount} goes back to the card.
            The ticket and the profile both say {last} now.
        """),
        stuck=lines("""
            The fare doesn't allow changes, so it would be a new ticket at {amount}.
        """),
        ahead=lines("""
            Your hotel transfer still has the old date, I can tell them the new arrival for you.
            With the later flight you'd miss the last train in {city}, so I'd take the one at {time}.
            For {city} you need an entry form now; here's the link, so that you aren't stopped at the gate.
        """),
        history=lines("""
            You fly to {city} every {month}, {first}, so I picked the direct one you had last year.
            I see the trouble with your name on {date}, so I corrected the profile as well.
        """),
    ),
    "refund_status": Topic(
        thing=("the refund", "refund {ref}", "the refund of {amount}", "the repayment"),
        facts=lines("""
            I asked for a refund of {amount} on {date}.
            The flight of {date} was cancelled and I'm waiting for the money.
            My refund {ref} shows approved since {weekday}.
            I received a voucher and I had asked for money.
            Only one of {n} tickets was refunded.
            The refund went to a card that I no longer have.
            How long does a refund to {city} take?
            The amount is {amount2}, and the ticket cost {amount}.
        """),
        fits="00 00 00 21 12 00 00 10",
        ask=lines("""
            Do you have the refund number?
            How was the ticket paid?
            Was it booked with us or with an agency?
            How many tickets was it?
        """),
        detail=lines("""
            {ref}, from {date}.
            By card, the one ending in {last4}.
            With you, on the website, on {date}.
            {n} tickets, {amount} in total.
        """),
        steps=lines("""
            {ref} was approved on {date} and is waiting for the payment run.
            The tax part was paid, the fare of {amount2} is open.
            I'm turning the voucher back into money.
        """),
        fixed=lines("""
            {amount} was sent today to the account ending in {last4}.
            The voucher is cancelled, the money arrives by {weekday}.
            The other tickets are refunded too, {amount2} each.
        """),
        stuck=lines("""
            The payment run for {ref} has no date yet.
        """),
        ahead=lines("""
            Your bank shows it under another name, so look for the number {ref} on the statement.
            As the old card is closed, the bank would send it back, so I've asked for a transfer right away.
            You can claim the hotel night as well, I've attached the form.
        """),
        history=lines("""
            You've waited since {date}, {first}, I can see each message you sent, so I've moved it to the front.
            You told us you don't want vouchers, so I set that for good in your profile.
        """),
    ),
    "loyalty_points": Topic(
        thing=("the points", "the points account", "the points from {city}", "the silver status"),
        facts=lines("""
            The points for my flight to {city} on {date} are missing.
            I have {n}000 points and want to use them for {city}.
            My points end on {date2}, can that be extended?
            I flew to {city} {n} times and see the points of one flight.
            Two accounts have my name, one with {email}.
            My number was not on the ticket to {city}.
            I opened a second account with {email} by mistake.
            Some points are under an old number, the new one is {ref}.
        """),
        fits="00 22 22 00 11 00 11 11",
        ask=lines("""
            What's your member number?
            Do you have the boarding pass?
            Which account should stay?
            Which trip was it exactly?
        """),
        detail=lines("""
            {ref}, since {years} years.
            Yes, seat {n}C on {date}.
            The one with {email}.
            To {city} and back, {n} nights in between.
        """),
        steps=lines("""
            The flight of {date} is in the system without your number.
            I'm joining the two accounts under {email}.
            For {city} you need {n2}000 points one way.
        """),
        fixed=lines("""
            {n}000 points were added, you have {n2}{n}000 now.
            The accounts are joined, the number is {ref}.
            Your points are valid for another year.
        """),
        stuck=lines("""
            The points of partner flights take up to {days} weeks.
            Points can't be given to another member.
        """),
        ahead=lines("""
            You're one flight short of silver, so book the next one before {date2} and it counts.
            The seats for {city} with points open on {weekday} at {time}, so I'd be quick.
            The partner changes its rates in {month2}; if you book before that, you save {n}000 points.
        """),
        history=lines("""
            In {years} years you've flown {n2}0 times with us, {first}, thank you for that.
            You collect for a trip to {city}, as you told my colleague, so I checked exactly that route.
        """),
    ),
    "flight_cancelled": Topic(
        thing=("the cancelled flight", "the rebooking", "the flight to {city}", "the {product}"),
        facts=lines("""
            My flight to {city} on {weekday} was cancelled.
            I got a message at {time} that the {product} is cancelled.
            I was rebooked to {date2}, that's {days} days later.
            We are {n} people at the airport in {city}.
            The connection to {city} left while we were waiting.
            The desk in {city} is closed and I have no hotel.
            The new flight takes {hours} hours longer.
            I was moved to another flight and my son was not.
        """),
        fits="00 20 11 00 11 02 11 00",
        ask=lines("""
            What's the reference, and where are you now?
            By when do you have to be there?
            How many of you are travelling?
            Which flight was it?
        """),
        detail=lines("""
            {ref}, I'm at the gate in {city}.
            By {weekday} at {time}.
            {n} of us, two with a child.
            The flight was the {product}.
        """),
        steps=lines("""
            The next free seats to {city} are on {date2} at {time}.
            I see a way with another airline through {city}.
            The crew of the {product} was over its hours, therefore the cancellation.
        """),
        fixed=lines("""
            You're on the flight at {time} tonight, all {n} of you.
            I have you on another airline tomorrow, arriving at {time}.
            The hotel in {city} is booked and paid, the taxi is waiting at exit {n}.
        """),
        stuck=lines("""
            There is nothing before {date2}, all flights are full.
            I can't book other airlines, you can ask at the desk tomorrow.
        """),
        ahead=lines("""
            Your suitcases would stay in {city}, so I've had them sent on to the new flight.
            You're entitled to {amount} in compensation; I've filed it already, so you don't have to.
            If the storm lasts, this one may be cancelled too, so I hold a second seat for you until {time}.
        """),
        history=lines("""
            You missed a connection with us in {month} as well, {first}, so I won't put you on a short one.
            I see you're travelling with your son, so I only looked for seats side by side.
        """),
    ),
    "lost_baggage": Topic(
        thing=("the suitcase", "the baggage", "the lost bag", "the baggage claim"),
        facts=lines("""
            My suitcase didn't arrive in {city} on {date}.
            The bag is missing since the flight of {weekday}.
            The report number is {ref}, the page shows nothing new.
            It's a black suitcase with a {n}-digit lock.
            The bag came with a broken wheel and the lock is open.
            I was told it's in {city}, it was last seen there at {time}.
            I bought clothes for {amount} and have the receipts.
            The bag was delivered to an address in {city} that's not mine.
        """),
        fits="00 12 12 12 21 00 21 10",
        ask=lines("""
            What's the number on the tag?
            What does it look like?
            Where are you staying?
            What does the report say?
        """),
        detail=lines("""
            The tag ends in {last4}.
            Black, with a red ribbon.
            {address}, until {weekday}.
            The report says {ref}, made at {time}.
        """),
        steps=lines("""
            It was scanned in {city} at {time} and not loaded.
            I'm sending the description to the desk in {city}.
            The claim {ref} is open, receipts of {amount} are attached.
        """),
        fixed=lines("""
            It's on the plane to {city} and a driver brings it at {time}.
            {amount} for the clothes is approved.
            It has been found, it stands in {city} and comes on {weekday}.
        """),
        stuck=lines("""
            There is no trace of it yet, the search runs up to {days} days.
            The desk in {city} doesn't pick up, so I know nothing new.
            The claim has to be filed by post, with the originals.
        """),
        ahead=lines("""
            If it isn't back by {date2}, the claim for loss starts by itself, I've set that for you.
            You can buy what you need up to {amount2} today, keep the slips and photograph them.
            The driver needs someone at the door; give me a second number, so that it doesn't go back.
        """),
        history=lines("""
            You told the desk about your medicine in the bag, {first}, so I've marked it as urgent.
            You change hotels on {weekday}, as I see, so I gave them both addresses.
        """),
    ),
}
