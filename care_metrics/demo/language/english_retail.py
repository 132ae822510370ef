"""English phrases about an online retailer's reasons."""

from care_metrics.demo.language.phrases import Topic, lines

RETAIL: dict[str, Topic] = {
    "order_status": Topic(
        thing=("the order", "order {order}", "the parcel", "the {product}"),
        facts=lines("""
            I ordered the {product} on {date} and would like to know where it is.
            Order {order} has shown the same status since {weekday}.
            When will the {product} be sent?
            The confirmation for {order} went to an old address, mine is {email}.
            The {product} of {order} should go to my office at {address}.
            I'd like to have order {order} delivered to {address}.
            Is the {product} in stock in the {city} shop?
            The tracking number of {order} is not known to the carrier.
        """),
        fits="00 00 10 21 21 21 12 00",
        ask=lines("""
            Could you give me the order number?
            Which address should it go to?
            Did you order as a guest?
            Could you tell me the number and the total?
        """),
        detail=lines("""
            It's {order}, from {date}.
            To {address}, {city}.
            As a guest, with {email}.
            The number is {order} and the total was {amount}.
        """),
        steps=lines("""
            {order} was packed on {date} and waits for the carrier.
            The {product} comes from another warehouse, it arrives there on {weekday}.
            I'm changing the address of {order} to {address}.
        """),
        fixed=lines("""
            {order} left this {dayperiod} and arrives on {weekday}.
            The address is changed, the parcel goes to {city}.
            The {product} is reserved for you in {city} until {date2}.
        """),
        stuck=lines("""
            There is no date for the {product} yet.
            {order} can't be changed any more, it's with the carrier.
        """),
        ahead=lines("""
            The carrier in {city} doesn't ring on Saturdays, so I've asked them to leave it with a neighbour unless you object.
            The lamp bulb isn't in the box, I can add one for free so that you can use it straight away.
            Your voucher of {amount2} runs out on {date2}, I can still apply it to this order.
        """),
        history=lines("""
            Last time you had it sent to {city}, {first}, shall I use that address again?
            I see that the order in {month} came late, so I've put this one on the faster service.
        """),
    ),
    "return_refund": Topic(
        thing=("the return", "the refund", "the refund of {amount}", "the {product}"),
        facts=lines("""
            I want to return the {product} from order {order}.
            I sent the {product} back on {date} and the refund is not there yet.
            The return label of {order} doesn't open.
            I received {amount2} back, the price was {amount}.
            I'd like to exchange the {product} for a larger one.
            How many days do I have to return the {product}?
            The refund should go to the card ending in {last4}.
            I returned {n} items, only one is listed.
        """),
        fits="11 00 11 22 11 11 00 02",
        ask=lines("""
            How did you send it back, and when?
            Would you like an exchange or the money?
            Which order is it?
            Which size would you like instead?
        """),
        detail=lines("""
            By post from {city} on {date}, receipt {ref}.
            The money, please, to the card ending in {last4}.
            {order}, {n} items.
            An exchange, one size up.
        """),
        steps=lines("""
            The parcel from {city} reached us on {date}, it's not checked yet.
            I'm making a new label for {order}.
            The delivery fee was taken off, that's the difference to {amount}.
        """),
        fixed=lines("""
            {amount} is on its way to the card ending in {last4}.
            The new label is at {email}, and the exchange is reserved.
            I have refunded the missing part as well.
        """),
        stuck=lines("""
            The refund needs {days} more working days, the warehouse has to check the parcel.
            The return window of {order} closed on {date}, so the system says no.
        """),
        ahead=lines("""
            Please keep the post receipt until {date2}, it's what protects you if the parcel is late.
            The larger size runs small, so I'd go up one more; I can put both in the box and you send one back.
            Your gift voucher comes back as a code, so don't delete the next e-mail.
        """),
        history=lines("""
            You've shopped with us for {years} years and rarely send anything back, {first}, so I'm refunding it today.
            You told us on {date} that you can't carry parcels, so I've booked a pick-up at your door.
        """),
    ),
    "product_question": Topic(
        thing=("the {product}", "the size of the {product}", "the product details", "the colour"),
        facts=lines("""
            How wide is the {product}?
            Is the {product} suitable for outdoors?
            Can the {product} be washed at {n}0 degrees?
            I'm looking for the {product} in dark green.
            Does the {product} come with a plug for {city}?
            What's the difference between the {product} and last year's?
            Will the {product} be on offer before {date2}?
            I need {n} pieces of the {product} for my café.
        """),
        fits="01 11 11 22 01 01 20 20",
        ask=lines("""
            What would you like to use it for?
            Is it for yourself?
            Which colour do you have in mind?
            How many do you need?
        """),
        detail=lines("""
            For the terrace, about {n}0 centimetres.
            For a gift, the budget is {amount}.
            Dark green, or something close.
            Enough for my café in {city}, {n} tables.
        """),
        steps=lines("""
            The {product} measures {n}0 by {n2}0 centimetres.
            It's made for indoors, the other one stands rain.
            I see {n} left in {city}.
        """),
        fixed=lines("""
            I have put {n} aside for you until {weekday}.
            The details are at {email}, with the care sheet.
            The green one is back on {date2}, and you'll get a message.
        """),
        stuck=lines("""
            There is no information about that in my system.
            The {product} isn't made in that colour any more.
        """),
        ahead=lines("""
            For the terrace you'll want the cover too, otherwise the first winter ruins it.
            It's reduced from {date2} on, so if you can wait, you save {amount2}.
            The oil for the first treatment isn't included, I can add a small tin.
        """),
        history=lines("""
            You bought the matching piece in {month}, {first}, so I checked that the shade is the same.
            You like natural wood, as I see from your orders, so I left out the painted ones.
        """),
    ),
    "late_delivery": Topic(
        thing=("the delivery", "the parcel", "the late parcel", "order {order}"),
        facts=lines("""
            Order {order} should have come on {date} and hasn't.
            The {product} was announced for {weekday}, nobody came.
            The carrier says delivered at {time}, there is no parcel here.
            I stayed at home on {weekday} for the {product}.
            The date for {order} has moved {n} times.
            The parcel has been in {city} since {date}.
            I paid {amount2} for express and it's {days} days late.
            Half of order {order} arrived, the {product} is missing.
        """),
        fits="01 11 00 11 21 01 22 00",
        ask=lines("""
            What does the tracking page say?
            Was there a card from the carrier?
            Which address is on the order?
            When was the last entry?
        """),
        detail=lines("""
            It says in transit since {date}.
            No card, and my neighbour has nothing.
            {address}, {city}.
            The last entry is from {weekday}, {time}.
        """),
        steps=lines("""
            The carrier lost track of it in {city} on {date}.
            I see that it was loaded at {time} and came back to the depot.
            I'm asking the carrier about {order} and wait for the reply.
        """),
        fixed=lines("""
            A new {product} leaves today by express and comes on {weekday}.
            The parcel was found in {city} and is on the van tomorrow.
            I have refunded the express fee of {amount2}, and delivery is on {weekday}.
        """),
        stuck=lines("""
            The search for {order} takes {days} working days.
            I don't see where it is, the carrier doesn't answer.
            A replacement is not possible until the carrier closes the case.
        """),
        ahead=lines("""
            The driver will call {phone} half an hour before, so you don't have to wait all day again.
            If it isn't with you by {weekday}, a replacement goes out by itself, you don't need to call.
            The {product} from your other order comes by the same carrier, so I've moved it to a safer one.
        """),
        history=lines("""
            I see you already stayed home on {date} for us, {first}, so this time you choose the hour.
            You ordered the same in {month} and it went well with the other carrier, so I'm using that one.
        """),
    ),
    "damaged_item": Topic(
        thing=("the damaged item", "the broken {product}", "the {product}", "the replacement"),
        facts=lines("""
            The {product} arrived with a crack.
            One leg of the {product} is broken off.
            The box of {order} was open and parts are missing.
            The {product} worked for {days} days and then stopped.
            I unpacked the {product} on {date} and it has a stain.
            The replacement for {order} has the same scratch.
            There is one piece less in the box than on the slip.
            The glass of the {product} was in splinters.
        """),
        fits="00 20 12 20 21 11 12 00",
        ask=lines("""
            Could you send a photo of it?
            Was the box damaged as well?
            Would a new one or a discount suit you better?
            What's printed on the label?
        """),
        detail=lines("""
            I sent {n} photos to the address on the slip at {time}.
            Yes, the corner of the box was wet.
            A new one, please, it's a present.
            The label on the box says {ref}.
        """),
        steps=lines("""
            I see the photos, the crack runs along the edge.
            The batch of {date} had several of these.
            I'm ordering a new {product} under {order}.
        """),
        fixed=lines("""
            The new {product} comes on {weekday}, and you can keep the broken one.
            {amount} is refunded in full.
            The missing part is sent today by letter.
        """),
        stuck=lines("""
            The warehouse has to see the {product} first, that takes {days} days.
            There is no replacement in stock before {date2}.
            The form for damages has to be filled in within {hours} hours, and that is over.
        """),
        ahead=lines("""
            Please don't use the lamp until the new one is there, the cable may be loose; I've added a note for the driver to take it.
            I had the new one checked before packing, because this batch isn't reliable.
            You'll need the same screws again, so I'm putting a second set in the box.
        """),
        history=lines("""
            It's the second broken item for you since {month}, {first}, so a colleague is packing this one by hand.
            You wrote that it's a gift for {weekday}, so I chose the courier who delivers by noon.
        """),
    ),
}
