"""Spanish: all phrases of the demo's second language in one record."""

from care_metrics.demo.language.phrases import Circumstance, Tongue, lines, words
from care_metrics.demo.language.spanish_topics import TOPICS

_BEFORE = {
    -2: lines("""
        Estoy furioso con {brand}.
        Esto es una vergüenza.
        Ya no aguanto más, es la tercera vez que llamo.
        Es el peor servicio que he visto en {years} años.
    """),
    -1: lines("""
        La verdad estoy molesto con esto.
        Estoy preocupada y espero que me ayuden.
        Es decepcionante tener que llamar otra vez.
        Llevo {days} días esperando y pierdo la paciencia.
    """),
    0: lines("""
        Buenas, le habla {first} {last}.
        Hola, es por {thing}.
        Buenos días, tengo una pregunta sobre {thing}.
        Hola {agent}, llamo por {thing}.
    """),
}
_AFTER = {
    -2: lines("""
        Es inaceptable y estoy harto.
        He perdido {hours} horas con puras excusas.
        Si no lo arreglan hoy, me voy de {brand}.
    """),
    -1: lines("""
        Me preocupa que no se resuelva a tiempo.
        Es bastante frustrante.
        Nadie me explicó nada y eso molesta.
    """),
    0: lines("""
        ¿Me puede ayudar con eso?
        ¿Qué tengo que hacer?
        Lo vi el {date}.
        Es para la cuenta terminada en {last4}.
    """),
}
_REACT = {
    -2: lines("""
        No, eso no sirve, es una burla.
        ¿En serio? Qué falta de respeto.
        Quiero hablar con un supervisor, esto es terrible.
    """),
    -1: lines("""
        No es lo que esperaba, la verdad.
        Me sigue preocupando {thing}.
        Eso suena a otra demora y me molesta.
    """),
    0: lines("""
        Bueno, entiendo lo de {thing}.
        Sí, el {weekday} después de las {time}.
        Listo, anoté {ref}.
    """),
    1: lines("""
        Ah, qué alivio lo de {thing}.
        Qué bien, me alegra que sea tan fácil.
        Perfecto, eso me sirve mucho.
    """),
    2: lines("""
        ¡Qué maravilla, muchísimas gracias, {agent}!
        ¡Excelente, me quita un peso de encima!
    """),
}
_CLOSE = {
    -2: lines("""
        Fue una pérdida de tiempo total, cancelo todo con {brand}.
        Qué servicio tan malo, voy a poner una queja por {thing}.
        Estoy más enojado que antes. Adiós.
    """),
    -1: lines("""
        Bueno, no quedo contento con lo de {thing}.
        Tendré que llamar otra vez, qué fastidio.
        Esperaba más de {brand}, la verdad.
    """),
    0: lines("""
        Bueno, espero hasta el {weekday}. Hasta luego.
        No, nada más sobre {thing}, gracias. Adiós.
        Listo, anoté {ref}. Que esté bien.
    """),
    1: lines("""
        Muchas gracias por la ayuda con {thing}, {agent}, muy amable.
        Qué bueno que quedó resuelto lo de {thing}, mil gracias.
        Quedo muy contenta, gracias por explicarme {thing}.
    """),
    2: lines("""
        ¡Usted es un ángel, {agent}, mil gracias!
        ¡La mejor atención en {years} años, muchísimas gracias!
    """),
}
SPANISH = Tongue(
    topics=TOPICS,
    circumstances=tuple(
        Circumstance(*row)
        for row in (
            ("Mi mamá vive sola y depende de eso.", "la preocupación por su mamá", "la situación de su mamá"),
            ("Tengo dos niños pequeños en casa.", "estar así con dos niños en casa", "los niños en casa"),
            (
                "Empiezo un trabajo nuevo el {weekday}.",
                "tener esto justo antes del trabajo nuevo",
                "su primer día el {weekday}",
            ),
            ("Viajo a {away} el {weekday}.", "resolver esto antes de viajar", "su viaje a {away}"),
            ("Trabajo de noche y solo puedo hasta las {time}.", "perder el descanso por esto", "su turno de noche"),
        )
    ),
    weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    months=words("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    date="{day} de {month}",
    twelve_hours=False,
    greet=lines("""
        Gracias por llamar a {brand}, le habla {agent}, ¿en qué le ayudo?
        Bienvenido a {brand}, soy {agent}. ¿Qué necesita hoy?
        {brand}, habla {agent}, buenas.
    """),
    greet_known=lines("Hola {first}, soy {agent}. Mi colega ya me contó lo de {thing}, no tiene que empezar de nuevo."),
    greet_onward=lines("Buenas, habla {agent}. ¿De qué se trata?"),
    greet_outbound=lines("Hola {first}, soy {agent} de {brand}. Le llamo por {thing} antes de que usted llame."),
    before=_BEFORE | {1: _BEFORE[0], 2: _BEFORE[0]},
    after=_AFTER | {1: _AFTER[0], 2: _AFTER[0]},
    again=lines("""
        Ya llamé por esto el {date}.
        Su colega me dijo el {weekday} que estaba listo.
    """),
    identify_ask=lines("""
        ¿Me confirma su nombre y los últimos cuatro dígitos?
        ¿A nombre de quién está y con qué referencia?
        ¿Me regala el teléfono o el correo registrado?
    """),
    identify_again=lines("""
        Dígame otra vez su número de cuenta.
        Cuénteme todo de nuevo, no veo notas aquí.
    """),
    identify=lines("""
        {first} {last}, la cuenta termina en {last4}.
        Mi teléfono es {phone} y la referencia {ref}.
        El correo es {email}.
        {first} {last}, {address}, en {home}.
        La tarjeta es la {card}.
    """),
    identify_sharp=lines("""
        ¡Ya lo dije dos veces! {first} {last}, {last4}.
        ¿Otra vez? Qué desastre, la referencia es {ref}.
    """),
    empathy={
        2: lines("""
            Entiendo lo frustrante que es esto después de {days} días, {first}.
            Lamento mucho lo que ha pasado con {thing}, tiene toda la razón en estar molesto.
            Me imagino lo difícil que es {felt}, y siento mucho que le pase esto.
        """),
        1: lines("""
            Siento lo de {thing}.
            Disculpe la molestia con {thing}, {first}.
        """),
        0: lines("""
            Bueno.
            Ya veo, {thing}.
        """),
        -1: lines("""
            Cálmese, por favor, así no podemos hablar.
            Esa es la norma de {thing} y no hay nada que hacer.
        """),
    },
    ownership={
        2: lines("""
            Yo mismo me encargo de {thing} y le llamo el {weekday} a las {time}.
            Me quedo con el caso {ref} hasta que esté resuelto y le escribo el {weekday}.
        """),
        1: lines("""
            Déjeme revisar {thing} ahora mismo.
            Ya estoy abriendo {ref}.
        """),
        0: lines("""
            El sistema está cargando.
            Aquí dice {ref}.
        """),
        -1: lines("""
            Eso no es de mi departamento, tendría que llamar a la otra línea por {thing}.
            Alguien lo mirará en algún momento, no sé quién.
            Intente otro día y pregunte allá por {ref}.
        """),
    },
    personal=lines("""
        Gracias, {first}.
        Ya lo veo, {first}, el que termina en {last4}.
    """),
    adapt=lines("""
        Pensando en {fits}, le busco la opción más rápida.
        Por {fits}, lo hago de otra manera, {first}.
    """),
    outlook=lines("""
        Le llega una confirmación a {email} en {hours} horas.
        Tarda unos {n} días hábiles y lo ve primero en la aplicación.
    """),
    react=_REACT,
    react_more={
        -2: lines("""
            Llevo desde el {date} escuchando lo mismo.
            Son {amount} y a nadie le importa.
        """),
        -1: lines("""
            Ya perdí {hours} horas con {thing}.
            Ojalá alguien se haga cargo.
        """),
        0: lines("""
            ¿La referencia sigue siendo {ref}?
            El monto que veo es {amount}.
        """),
        1: lines("""
            Estaba un poco nerviosa por {thing}.
            Así no tengo que ir el {weekday}, qué bueno.
        """),
        2: lines("""
            Ojalá todos atendieran como usted.
        """),
    },
    reassured=lines("""
        Gracias por decirlo, ha sido duro lo de {thing}.
        Se lo agradezco, {agent}, pero sigo preocupado por {thing}.
    """),
    close=_CLOSE,
    close_more={
        -2: lines("Perdí {amount} y {days} días por nada."),
        -1: lines("Espero que alguien haga algo antes del {weekday}."),
        0: lines("Quedo atento a {phone}."),
        1: lines("Que tenga un lindo {weekday}, {agent}."),
        2: lines("{brand} tiene cliente para rato."),
    },
    farewell=lines("""
        Con mucho gusto, {first}, gracias por estar con {brand}.
        Para servirle, {first}. Que tenga buen {weekday}.
    """),
    farewell_open=lines("Gracias por su paciencia con {thing}, {first}. Hasta luego."),
    farewell_short=lines("""
        Hasta luego, gracias por llamar a {brand}.
        Eso es todo sobre {ref}, adiós.
    """),
    hold=lines("""
        Le pongo en espera mientras reviso {ref}.
        Un momento en línea, por favor, consulto lo de {thing}.
    """),
    passing=lines("""
        Le paso con otra área para {thing}.
        Tengo que transferirle, {thing} lo ven en otro lado.
    """),
    outreach=lines("""
        Vimos que {thing} puede tener un retraso y queríamos avisarle antes.
    """),
    outreach_answer={
        -1: lines("Ya me lo temía, qué molesto lo de {thing}."),
        0: lines("Bueno, ¿y qué opciones hay para el {weekday}?"),
        1: lines("Qué amable llamar antes, se lo agradezco mucho, {agent}."),
    },
    bot_greet=lines("Hola, soy el asistente de {brand}."),
    bot_ask=lines("Escriba la referencia o los últimos cuatro dígitos."),
    bot_lost=lines("No entendí, ¿puede repetir lo de {thing}?"),
    bot_again={mood: lines("Es por {thing}, referencia {ref}.") for mood in (-2, -1, 0, 1, 2)},
    bot_done=lines("Su solicitud {ref} quedó lista."),
    bot_give_up=lines("Consulte la página de ayuda sobre {thing}."),
    bot_handed=lines("Le comunico con una persona por {thing}."),
    mail_open=lines("""
        Señores {brand}:
        Buenas tardes,
    """),
    mail_wish=lines("""
        Quedo pendiente de su respuesta antes del {weekday}.
        Mi número es {phone}.
    """),
    mail_sign=lines("""
        Cordialmente, {first} {last}
        Atentamente, {first} {last}, {home}
    """),
    reply_open=lines("""
        Estimado cliente:
        Hola {first},
    """),
    reply_sign=lines("""
        Cordialmente, {agent}, {brand}
        Saludos, {agent}
    """),
    fillers=lines("""
        eh
        pues
        bueno
        este
        mire
    """),
    comments={
        -2: lines("Pésimo, llamé {n} veces por {thing} y nada."),
        -1: lines("Tardaron mucho con {thing}."),
        0: lines("Respondieron lo de {thing}, normal."),
        1: lines("Muy amable {agent}, quedó resuelto lo de {thing}."),
        2: lines("¡Excelente atención de {agent}, gracias!"),
    },
)
