"""Spanish phrases by reason, for the clients that have customers who speak Spanish."""

from care_metrics.demo.language.phrases import Topic, lines

# What an agent asks and finds is less varied in Spanish: these lines are shared by all reasons.
ASK = lines("""
    ¿Me confirma la referencia y la fecha de {thing}?
    ¿Desde cuándo ocurre lo de {thing}?
    ¿A nombre de quién está registrado?
    ¿Cuál es el número y el monto?
""")
DETAIL = lines("""
    La referencia es {ref}, del {date}.
    Desde el {weekday} a las {time}, más o menos.
    Está a mi nombre, {first} {last}, en {city}.
    Termina en {last4} y el monto es de {amount}.
""")
STEPS = lines("""
    Veo un registro del {date} con la referencia {ref}.
    Estoy actualizando {thing} en este momento.
    Aquí aparece {amount} con fecha del {date}.
""")
HISTORY = lines("""
    Usted lleva {years} años con nosotros, {first}, y lo tengo en cuenta.
    Veo que ya nos escribió el {date} por {thing}, así que no tiene que contarlo otra vez.
    Sé que prefiere los mensajes por escrito, {first}, así se lo envío.
""")


def _topic(thing: str, facts: str, fixed: str, stuck: str, ahead: str, products: tuple[str, ...] = ()) -> Topic:
    return Topic(
        thing=lines(thing),
        facts=lines(facts),
        ask=ASK,
        detail=DETAIL,
        steps=STEPS,
        fixed=lines(fixed),
        stuck=lines(stuck),
        ahead=lines(ahead),
        history=HISTORY,
        products=products,
    )


TOPICS: dict[str, Topic] = {
    "password_reset": _topic(
        "la contraseña\nel acceso a la aplicación",
        "Necesito una contraseña nueva para la cuenta terminada en {last4}.\nEl código no llega desde las {time}.\n"
        "Cambié de teléfono el {date} y la aplicación no acepta la clave.",
        "Ya puede entrar con la clave nueva, la cuenta {last4} está abierta.",
        "La cuenta sigue bloqueada hasta el {weekday} por seguridad.",
        "Le agrego un correo de respaldo ahora, para que no se bloquee otra vez.",
    ),
    "plan_change": _topic(
        "el plan\nel cambio de plan",
        "Quiero pasar del {product} a otro plan desde el {weekday}.\nUso unos {n} gigas al mes y pago {amount}.\n"
        "Necesito roaming para {city} por {n} semanas.",
        "El plan nuevo empieza el {date2} y cuesta {amount}.",
        "El contrato no permite el cambio antes del {date2}.",
        "La próxima factura mostrará los dos planes por unos días, así que no se sorprenda con {amount}.",
    ),
    "device_setup": _topic(
        "el equipo\nla tarjeta SIM",
        "El {product} llegó el {weekday} y no tiene señal.\nLa luz del módem está naranja desde las {time}.\n"
        "Escaneé el código y dice que ya fue usado.",
        "El equipo ya aparece en la red con todas las barras.",
        "Hay que cambiar el equipo y el nuevo sale el {weekday}.",
        "Después de actualizarse se reinicia dos veces, no lo desconecte antes de las {time}.",
        products=("Nomad", "Beam 5", "Lumo"),
    ),
    "billing_dispute": _topic(
        "la factura\nel cobro de {amount}",
        "En la factura hay un cobro de {amount} que no pedí.\nEste mes son {amount} y el mes pasado fueron {amount2}.\n"
        "Devolví el {product} el {date} y todavía aparece.",
        "El cobro de {amount} queda anulado y lo verá en la próxima factura.",
        "El cobro sigue en revisión hasta el {weekday} y no puedo quitarlo.",
        "Ese servicio se renovaba el {date2}, ya lo bloqueé para que no le cobren de nuevo.",
    ),
    "outage": _topic(
        "la falla del servicio\nla conexión",
        "No tengo señal en {city} desde las {time}.\nEl internet se cayó el {weekday} y el módem está en rojo.\n"
        "Las llamadas se cortan a los {n} minutos.",
        "El servicio ya volvió, por favor reinicie el módem una vez.",
        "La reparación está prevista para el {date2}, antes no se puede.",
        "Mientras tanto le activo {n} gigas gratis, para que pueda trabajar el {weekday}.",
    ),
    "cancellation": _topic(
        "la cancelación\nel retiro",
        "Quiero cancelar el {product} desde el {date2}.\nMandé la carta el {date} y no hay confirmación.\n"
        "Cancelé en {month} y llegó otra factura de {amount}.",
        "El contrato termina el {date2} sin costo.",
        "La penalidad de {amount} se mantiene, está en el contrato.",
        "Descargue sus facturas antes del {date2}, o se las envío yo todas a {email}.",
    ),
    "account_update": _topic(
        "los datos de la cuenta\nla dirección",
        "Me mudé a {address} y quiero cambiar mis datos.\nMi correo nuevo es {email}.\nMi teléfono ahora es {phone}.",
        "Sus datos quedaron actualizados desde hoy.",
        "Falta un documento por correo para hacer el cambio.",
        "Su tarjeta iba a salir a la dirección anterior el {weekday}, también la cambié.",
    ),
    "loan_question": _topic(
        "el préstamo\nla tasa",
        "¿Cuánto pagaría al mes por un préstamo de {sum}?\nHice la solicitud {ref} el {date} y quiero saber cómo va.\n"
        "¿Puedo abonar {amount} antes de tiempo?",
        "La oferta de {amount} al mes está en su correo hasta el {date2}.",
        "La solicitud está detenida por un documento.",
        "Tenga listo el recibo de {month}, se lo van a pedir después; puede subirlo ahora.",
    ),
    "card_lost": _topic(
        "la tarjeta\nel bloqueo de la tarjeta",
        "Perdí la tarjeta terminada en {last4} el {weekday}.\nEl cajero se quedó con mi tarjeta a las {time}.\n"
        "Hay {n} pagos después de que perdí la tarjeta.",
        "La tarjeta está bloqueada y la nueva va en camino.",
        "La tarjeta nueva no se puede enviar fuera del país.",
        "Hay {n} suscripciones con ese número, le envío la lista para que nada se corte.",
    ),
    "disputed_charge": _topic(
        "el reclamo\nel pago de {amount}",
        "Hay un pago de {amount} en {city} que no conozco.\nMe cobraron dos veces {amount} el {date}.\n"
        "El reclamo {ref} aparece cerrado.",
        "Los {amount} ya están de vuelta en su cuenta.",
        "El reclamo tarda {days} días y hasta entonces no hay devolución.",
        "La misma tienda iba a cobrar otra vez el {date2}, ya la bloqueé.",
    ),
    "fee_complaint": _topic(
        "la comisión\nla cuota de manejo",
        "Me cobraron una comisión de {amount} el {date}.\nHay {n} cobros de {amount2} el mismo día.\n"
        "El sueldo llegó el {weekday} y la comisión salió igual.",
        "Le devolvimos {amount} y quitamos la comisión.",
        "El sistema no permite devolver la comisión.",
        "El arriendo sale antes que su sueldo, le sugiero moverlo dos días para evitar otro cobro.",
    ),
    "seat_request": _topic(
        "el asiento\nla reserva {ref}",
        "Quisiera un asiento de pasillo para {city}.\nReservamos {n} asientos juntos y quedaron separados.\n"
        "Necesito silla de ruedas en {city}.",
        "Quedó en la fila {n}{n2}, asientos C y D.",
        "El vuelo está lleno y los asientos se dan en la puerta.",
        "En el regreso también quedaban separados, ya los junté.",
    ),
    "booking_change": _topic(
        "la reserva\nel cambio de fecha",
        "Quiero cambiar el vuelo a {city} para el {date2}.\nMi apellido está mal escrito en {ref}, es {last}.\n"
        "La página pide {amount} por el cambio.",
        "Queda confirmado para el {date2} a las {time}.",
        "La tarifa no permite cambios, sería un tiquete nuevo.",
        "Con ese vuelo perdería el último tren, por eso le propongo el de las {time}.",
    ),
    "refund_status": _topic(
        "el reembolso\nla devolución de {amount}",
        "Pedí el reembolso de {amount} el {date}.\nEl reembolso {ref} dice aprobado desde el {weekday}.\n"
        "Devolvieron un tiquete de {n}.",
        "Los {amount} salieron hoy a la cuenta terminada en {last4}.",
        "El pago {ref} todavía no tiene fecha.",
        "También puede reclamar la noche de hotel, le dejo el formulario listo.",
    ),
    "loyalty_points": _topic(
        "los puntos\nlas millas",
        "Faltan los puntos del vuelo a {city} del {date}.\nTengo {n}000 puntos y vencen el {date2}.\n"
        "Hay dos cuentas a mi nombre.",
        "Se agregaron {n}000 puntos a su cuenta.",
        "Los puntos de ese socio tardan {days} semanas.",
        "Le falta un vuelo para la categoría plata, si viaja antes del {date2} cuenta.",
    ),
    "flight_cancelled": _topic(
        "el vuelo cancelado\nel cambio de vuelo",
        "Cancelaron mi vuelo a {city} del {weekday}.\nMe pasaron para el {date2}, son {days} días después.\n"
        "Somos {n} personas en el aeropuerto de {city}.",
        "Todos salen esta noche a las {time}.",
        "No hay cupo antes del {date2}.",
        "Sus maletas se quedaban en {city}, ya pedí que las envíen en el vuelo nuevo.",
    ),
    "lost_baggage": _topic(
        "la maleta\nel equipaje",
        "Mi maleta no llegó a {city} el {date}.\nEl reporte es {ref} y la página no muestra nada nuevo.\n"
        "Compré ropa por {amount} y tengo los recibos.",
        "La maleta llega hoy y un conductor la lleva a las {time}.",
        "Todavía no hay rastro, la búsqueda tarda {days} días.",
        "Si no aparece antes del {date2}, el reclamo empieza solo, ya lo dejé listo.",
    ),
    "meter_reading": _topic(
        "la lectura\nel medidor",
        "Quiero dar la lectura del medidor, es {n}{last4}.\nLa pantalla del medidor está apagada desde el {date}.\n"
        "La página no acepta la lectura.",
        "La lectura quedó registrada y la factura baja a {amount}.",
        "El sistema no acepta ese número.",
        "Con esa lectura su cuota está alta en {amount2}, se la puedo bajar desde el próximo mes.",
    ),
    "tariff_question": _topic(
        "la tarifa\nel precio",
        "Mi contrato termina el {date2}, ¿qué tarifas hay?\n¿Cuánto cuesta el {product}?\nPusimos paneles en {month}.",
        "Queda en el {product} por {amount} al mes.",
        "No puedo dar un precio antes del {weekday}.",
        "Su contrato se renovaba solo el {date2}, ya lo detuve.",
    ),
    "moving_home": _topic(
        "la mudanza\nla dirección nueva",
        "Me mudo a {address} el {date2}.\nMe mudé el {date} y siguen llegando facturas.\nNecesito luz desde el {weekday}.",
        "La dirección nueva queda activa desde el {date2}.",
        "La dirección no está en el sistema todavía.",
        "Tome una foto de los dos medidores ese día, así no hay dudas después.",
    ),
    "payment_plan": _topic(
        "el acuerdo de pago\nlas cuotas",
        "Este mes no puedo pagar {amount} de una vez.\nQuiero pagar el saldo en {n} cuotas.\nLa carta dice que cortan el {date2}.",
        "Quedan {n} cuotas de {amount2}, la primera el {date2}.",
        "No es posible un acuerdo para ese saldo.",
        "Hay un fondo de ayuda en {city}, le envié el formulario con sus datos.",
    ),
    "high_bill": _topic(
        "la factura\nla factura de {amount}",
        "La factura es de {amount} y el año pasado fue de {amount2}.\nEstuvimos de viaje en {month} y el consumo subió.\n"
        "La factura es un estimado y mandé la lectura el {date}.",
        "La factura está corregida, ahora son {amount2}.",
        "La factura se mantiene y vence el {date2}.",
        "El débito salía el {weekday}, lo detuve antes de que le cobren.",
    ),
    "power_cut": _topic(
        "el corte de luz\nla reparación",
        "No hay luz en {address} desde las {time}.\nLa luz se va {n} veces al día desde el {date}.\n"
        "Toda la calle {street} está a oscuras.",
        "La luz volvió, encienda el interruptor principal una vez.",
        "Todavía no hay hora para la reparación.",
        "El {date2} habrá otro corte de {n} horas, cargue lo que necesite antes.",
    ),
}
