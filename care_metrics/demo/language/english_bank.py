"""English phrases about a bank's reasons, and the account update that it shares with the retailer."""

from care_metrics.demo.language.phrases import Topic, lines

BANK: dict[str, Topic] = {
    "account_update": Topic(
        thing=("the address", "the account details", "the profile", "the change of details"),
        facts=lines("""
            I moved to {address} and need to update my details.
            My e-mail changed, the new one is {email}.
            I got married and my last name is {last} now.
            Please change my phone number to {phone}.
            The letters still go to the old address in {city}.
            I'd like my letters sent to {address} from {month2} on.
            I want {phone} to be the number for texts, the old one is gone.
            The form for a new address asks for a document from {date}.
        """),
        fits="00 21 12 21 00 00 21 12",
        ask=lines("""
            From which day is the new address valid?
            Should I change the e-mail as well?
            Which name should appear on the account?
            Which of the details should change?
        """),
        detail=lines("""
            From {date2}, {address}, {city}.
            Yes, {email}, please.
            {first} {last}, as in the passport.
            Only the phone, {phone}, the rest stays.
        """),
        steps=lines("""
            I'm replacing the old address with {address} now.
            For the new name I need one document, a photo is enough.
            The profile ending in {last4} shows two numbers, I'm keeping {phone}.
        """),
        fixed=lines("""
            The new address counts from {date2}.
            Your profile shows {phone} and {email} now.
            The name is changed, and the next letter goes to {city}.
        """),
        stuck=lines("""
            The change needs the document by post, without it the old address stays.
            The system refuses the postcode of {city} at the moment.
        """),
        ahead=lines("""
            Your card will be sent to the old address on {weekday} unless we stop it, so I've changed that as well.
            Remember that the standing order for rent is tied to the old address; I can move it in one go.
            I saw that your emergency contact is still the old number, shall we update it now?
        """),
        history=lines("""
            You moved in {month} last time too, {first}, so I know you want the letters by e-mail meanwhile.
            As you've been a customer for {years} years, I don't need the extra document from you.
        """),
    ),
    "loan_question": Topic(
        thing=("the loan", "the loan offer", "the rate", "the repayment"),
        facts=lines("""
            I'd like to know what a loan of {sum} would cost a month.
            My loan ends on {date2} and I'd like to extend it by {years} years.
            Can I repay {amount} early on the loan ending in {last4}?
            I applied on {date} and want to know the status of {ref}.
            I'm comparing two offers, yours and one at {n} percent.
            What would a car loan over {years} years need?
            I want to move the payment day from {weekday} to the first.
            Is the rate fixed for {years} years?
        """),
        fits="00 00 23 12 00 00 31 00",
        ask=lines("""
            Over how many years would you like to repay?
            What's the reference of the application?
            Is it for a car, a home or something else?
            Has your income changed since?
        """),
        detail=lines("""
            Over {years} years, for a car.
            The reference is {ref}, from {date}.
            A kitchen, around {sum} in total.
            I earn the same as in the last application of {month}.
        """),
        steps=lines("""
            For {years} years that makes {amount} a month.
            The application {ref} is with the credit team since {date}.
            Early repayment costs nothing up to {amount} a year.
            The payment day can be changed once a year.
        """),
        fixed=lines("""
            The offer with {amount} a month is in your inbox, valid until {date2}.
            The payment day is moved, the first one is on {date2}.
            {ref} was approved this {dayperiod}.
            {amount} is booked as an extra repayment, the new end is {date2}.
        """),
        stuck=lines("""
            {ref} is waiting for a document, without it nothing moves.
            I can't give you a rate today, the calculator is closed until {weekday}.
        """),
        ahead=lines("""
            If you repay {amount} before {date2}, you save the fee for the year, so that day is the better one.
            Have the payslip of {month} ready, they will ask for it next; you can upload it now and save {n} days.
            The insurance on the old loan runs on, so I'd end it at the same time.
        """),
        history=lines("""
            You paid back the last loan {n} months early, {first}, so you qualify for the lower rate.
            Your note of {date} says you want a rate you can plan with, so I only picked fixed ones.
        """),
    ),
    "card_lost": Topic(
        products=("Horizon card", "Gold card"),
        thing=("the card", "the lost card", "the replacement card", "the card block"),
        facts=lines("""
            My card ending in {last4} is gone since {weekday}.
            I left the {product} in a taxi in {city}.
            My wallet was taken on {date} in {city}.
            I'm abroad and the machine kept my card at {time}.
            The new card has not arrived, it was sent on {date}.
            There were {n} payments after I lost the card.
            I blocked the card in the app and still see {amount}.
            I need cash until {weekday} and have no card.
        """),
        fits="02 02 02 01 22 10 10 01",
        ask=lines("""
            When did you last use it?
            Do you recognize the payment of {amount}?
            Where should the new one go?
            Which card is it?
        """),
        detail=lines("""
            On {date} at {time}, in {city}, for {amount}.
            No, that payment is not mine.
            To the hotel in {city}, {address}.
            The number was {card}, as far as I remember.
        """),
        steps=lines("""
            The card ending in {last4} is blocked as of {time}.
            I see {n} payments after {time} and am marking them.
            The courier to {city} takes {n} days.
        """),
        fixed=lines("""
            The card is blocked, {amount} is back, and the new one is on its way.
            You can draw cash with the code {last4} at any of our machines today.
            The new card leaves this {dayperiod} by courier.
        """),
        stuck=lines("""
            The replacement can't be sent abroad, only to the home address.
            The payments of {amount} stay booked while fraud looks at them, up to {days} days.
        """),
        ahead=lines("""
            {n} subscriptions use the old card number, here is the list, so that nothing is cut off next week.
            If they got your wallet, your ID is at risk too; I can place a fraud alert for you today.
            The courier comes between 8 and noon, so tell me now if the hotel changes.
        """),
        history=lines("""
            You usually pay in {city}, {first}, so I've stopped everything outside of it at once.
            I see that you already had trouble with a courier in {month}, so I'm sending it to the branch this time.
        """),
    ),
    "disputed_charge": Topic(
        thing=("the disputed charge", "the payment of {amount}", "the claim", "the booking of {date}"),
        facts=lines("""
            There is a payment of {amount} to a shop in {city} that I don't know.
            I was charged {amount} twice on {date}.
            A hotel in {city} took {amount} after I had cancelled.
            I filed a claim under {ref} and it shows closed.
            The refund of {amount} that I was promised for {weekday} has not come.
            A trial became a subscription of {amount} a month.
            A shop in {city} booked {amount} although the payment failed.
            The temporary credit was taken back on {date}.
        """),
        fits="00 01 20 12 20 00 20 12",
        ask=lines("""
            Did anybody else use the card around {date}?
            Have you written to the shop?
            Do you have the cancellation in writing?
            Is there a receipt?
        """),
        detail=lines("""
            No, the card ending in {last4} was with me.
            I wrote to them on {date}, no reply.
            Yes, an e-mail of {date} with number {ref}.
            The machine printed a slip, {time}, {amount}.
        """),
        steps=lines("""
            I see {amount} on {date}, made with the card number and without the chip.
            The claim {ref} was closed because a form is missing.
            The shop in {city} has answered, I'm reading it now.
        """),
        fixed=lines("""
            {amount} is credited to the account ending in {last4} while we finish the claim.
            The second booking is reversed, you'll see it by {weekday}.
            I have reopened {ref} with your e-mail attached, and the credit is back.
        """),
        stuck=lines("""
            The claim takes up to {days} days, and there is no credit until then.
            Without an answer from the shop {amount} stays booked.
            The deadline for {ref} passed on {date}, so it remains closed.
        """),
        ahead=lines("""
            The same shop will try again on {date2}, so I've blocked it before that happens.
            You will get a form for signature next; I've filled it in for you, so it only needs your name.
            I looked at the last {n} months for similar bookings and found one more of {amount2}, shall I add it?
        """),
        history=lines("""
            You've never disputed anything in {years} years, {first}, so I'm giving you the credit at once.
            I have your first message of {date} here, so you don't need to explain the story again.
        """),
    ),
    "fee_complaint": Topic(
        thing=("the fee", "the overdraft fee", "the fee of {amount}", "the account fee"),
        facts=lines("""
            I was charged a fee of {amount} on {date}.
            The account was overdrawn for {hours} hours and cost {amount}.
            The fee came although my salary arrived on {weekday}.
            The account was free when I opened it in {month}.
            There are {n} fees of {amount2} on the same day.
            I paid in cash at {time} and the fee was booked anyway.
            The letter about the new fee never reached me in {city}.
            The {product} has a yearly fee that I wasn't told about.
        """),
        fits="10 02 02 11 21 00 11 11",
        ask=lines("""
            Which fee do you mean, the one of {date}?
            Did the salary arrive before or after {time}?
            Which account is it?
            Is it about one of them or about all?
        """),
        detail=lines("""
            The one of {amount}, on {date}.
            At {time}, so before the booking.
            The {product}, ending in {last4}.
            All {n} of them, in total {amount}.
        """),
        steps=lines("""
            The fee was booked at {time}, {hours} hours before your salary.
            The account type changed in {month}, since then it costs {amount2}.
            I see {n} fees, all of the same day.
        """),
        fixed=lines("""
            {amount} is refunded and will show by {weekday}.
            I have taken off all {n} fees and switched you back to the free account.
            The fee is cancelled, your balance is right again.
        """),
        stuck=lines("""
            The fee of {amount} stands, the system doesn't allow a refund.
            I can hand in a request, the answer comes in {days} days.
            The new price list counts since {month}, so the fee is correct.
        """),
        ahead=lines("""
            Your rent goes out on {date2} before the salary comes in, so I'd move it by two days to avoid the next fee.
            I can set a warning by text below {amount2}, so this won't surprise you again.
            The yearly fee comes up in {month2}, and with the other account you'd pay nothing.
        """),
        history=lines("""
            In {years} years the account was never in the red before, {first}, so I take that into account.
            You asked us in {month} to warn you before fees, and we didn't, so that's our mistake.
        """),
    ),
}
