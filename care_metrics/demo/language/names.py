"""Invented people and places: first and last names, cities, streets, products."""

from care_metrics.demo.language.phrases import words

AGENT_FIRST = words(
    "Camila Andrés Valentina Julián Daniela Mateo Paola Sergio Laura Felipe Natalia Camilo Marisol Efren Liezel Jomar "
    "Divina Arnel Rowena Crisanto Maricel Dante Hazel Troy Denise Marcus Tamika Wade Shelby Quentin Gwen Rhys Imogen "
    "Callum Priya Owen Freya"
)
AGENT_LAST = words(
    "Rojas Cárdenas Pinzón Beltrán Acosta Quiroga Santos Villareal Bautista Dizon Magno Salonga Ocampo Hartley Boone "
    "Calloway Dupree Ferris Pruitt Langford Whitlock Ashby Thackray Kendal Sowerby Barraclough Moffat Niño Becerra"
)
CUSTOMER_FIRST = words(
    "Abigail Adrian Alana Alden Amara Anika Arthur Aubrey Beatrice Benedict Bianca Blair Brendan Bridget Caleb Carla "
    "Cedric Celeste Chidi Clara Conrad Cora Damian Daphne Darius Delia Desmond Dora Edith Elias Elena Elliot Esme Eunice "
    "Fabian Faye Felix Fiona Frances Gareth Gemma Gideon Gloria Graham Greta Gwendolyn Hamish Harriet Hector Helga Hugo "
    "Ines Ingrid Irving Ivy Jared Jasmine Joan Joel Josephine Judith Julius Keira Kelvin Kenji Lara Leland Leona Linus "
    "Lorna Lucian Lydia Magnus Maeve Malik Marcia Margot Marvin Mei Melvin Mina Miriam Mona Morgan Nadia Naomi Nigel Nina "
    "Noelle Norbert Odette Olga Omar Orla Oscar Pamela Percy Petra Philippa Quincy Rafiq Ramona Regina Rex Rosalind Rupert "
    "Sabine Samir Selma Silas Simone Soren Stella Sunita Tabitha Tariq Theo Trudy Ursula Valerie Vera Vernon Viola Wanda "
    "Wendell Winifred Xenia Yara Yusuf Zelda"
)
CUSTOMER_LAST = words(
    "Abernathy Aldridge Amadi Applegate Atwater Bainbridge Bellamy Birch Blackwood Bramwell Brightman Byrne Calder Carmody "
    "Chaudhry Colborne Corrigan Crane Dalloway Danvers Deane Delacroix Dhillon Dorsey Eastwick Egan Ellery Enright Everard "
    "Fairbank Farrow Fenwick Finch Flannery Fontaine Galloway Garrick Gently Goodwin Greaves Hadley Halloran Hargrove Hatch "
    "Hawthorne Hewitt Holloway Idowu Ingram Jarrett Jessop Kapoor Kearney Kimball Kingsley Lachlan Larkin Lennox Linden "
    "Lockwood Lovell MacLaren Marchetti Marlowe Mbeki Meriwether Milburn Montague Moriarty Nakamura Nettles Norcross Oakley "
    "O'Dowd Okafor Ormond Pemberton Penrose Pickering Quigley Radcliffe Ravenel Redfern Ridley Rosewater Rutledge Sadler "
    "Sandoval Selwyn Sharma Sheridan Sinclair Sokolov Stanhope Stroud Tanaka Tennant Thorne Tolliver Trask Underhill Vance "
    "Varma Vickers Wainwright Warburton Weatherby Westcott Whitfield Wickham Winslow Wren Yamada Yardley Zeller"
)
SPANISH_FIRST = words(
    "Adriana Alejandro Beatriz Carlos Carmen César Consuelo Diana Edgar Esperanza Fabio Gabriela Gonzalo Graciela Gustavo "
    "Hernán Isabel Jairo Jimena Lucía Luisa Manuel Marcela Mauricio Mercedes Nelson Óscar Patricia Pilar Ramiro Raúl Rocío "
    "Rodrigo Rosario Rubén Silvia Teresa Tomás Verónica Yolanda"
)
SPANISH_LAST = words(
    "Arango Ávila Ballesteros Barrios Caicedo Castaño Cifuentes Córdoba Cuéllar Duarte Echeverri Escobar Figueroa Galindo "
    "Giraldo Guerrero Henao Ibáñez Jaramillo Lozano Maldonado Medina Mejía Montoya Murillo Naranjo Ospina Pardo Peralta "
    "Quintero Restrepo Rincón Salazar Sepúlveda Tovar Urrego Valderrama Vargas Velandia Zapata"
)
CITIES = {
    "US": words(
        "Boston Denver Tucson Omaha Savannah Albany Fresno Toledo Raleigh Tulsa Boise Richmond Spokane Dayton Mobile Reno "
        "Topeka Lansing Macon Duluth"
    ),
    "GB": words(
        "York Derby Exeter Preston Lincoln Durham Norwich Bristol Carlisle Dundee Swansea Ipswich Stirling Wigan Truro"
    ),
    "PA": words("Miami Lima Quito Orlando Cancún Dallas Santiago Havana Toronto Caracas Chicago Guayaquil"),
}
STREETS = words(
    "Alder Lane|Quarry Road|Mill Street|Orchard Avenue|Harbour View|Station Road|Cypress Drive|Foundry Street|Willow Close|"
    "Meadow Court|Chapel Hill|Juniper Way|Lantern Street|Ferry Road|Sycamore Drive",
    "|",
)
# What each client sells; an airline's are flights.
PRODUCTS: dict[str, tuple[str, ...]] = {
    "cobalt_mobile": (
        "Cobalt Max 40",
        "Cobalt Lite",
        "Home Fiber 300",
        "Family Four",
        "Cobalt Duo",
    ),
    "arrayan_bank": (
        "Everyday account",
        "Horizon card",
        "Gold card",
        "Nido savings account",
        "student account",
        "Taller business account",
    ),
    "harrow_finch": words(
        "oak side table|wool blanket|Marlow lamp|espresso grinder|linen duvet set|garden bench|cookware set|rain jacket|"
        "desk chair|walking boots|hall mirror|enamel teapot",
        "|",
    ),
    "petrel_air": ("PT 214", "PT 377", "PT 402", "PT 518", "PT 655", "PT 730", "PT 861", "PT 909"),
    "brightfen_energy": ("Fixed 24", "Green Day", "Night Saver", "Flex 12", "Solar Plus", "Home Basic"),
}
# Numbers that card schemes publish for tests; no bank issues them.
TEST_CARDS = (
    "4111 1111 1111 1111",
    "5555 5555 5555 4444",
    "4242-4242-4242-4242",
    "3782 822463 10005",
    "6011000990139424",
)
