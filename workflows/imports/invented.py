"""Names and places that do not exist, for fictitious people."""

import random
from collections.abc import Sequence


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


MEN = _words(
    "Aaron Adil Aled Alun Amir Barry Bogdan Brendan Callum Cedric Clive Colin Craig Darius Dean "
    "Desmond Dónal Edwin Emrys Errol Farid Gareth Gavin Gethin Glenn Hamza Harvey Hugh Idris "
    "Iván Jamal Jared José Kamil Keith Kofi Kyle Leroy Liam Łukasz Malcolm Marek Mervyn Neville "
    "Nigel Olu Omar Owen Patrick Percy Rafał René Rhys Rory Samir Seán Stefan Tariq Tomos Trevor "
    "Vernon Wayne Yusuf Zoltán"
)
WOMEN = _words("Bronwen Carol Denise Elaine Gillian Hafsa Iwona Joyce Maureen Nkechi Renée Siân")
#: Any beginning with any ending makes a surname.
BEGINNINGS = _words(
    "Ack Addle Aster Bar Beck Birt Bram Brock Burn Cald Chal Clew Copp Crack Dart Dun Eck Elm "
    "Farn Fether Gar Gild Grim Hag Hather Holt Ingle Jed Kel Kirk Lang Lather Mal Marl Mickle Nor "
    "Ot Pem Quar Rad Rothers Sand Scaw Sil Skel Stav Tad Thack Thir Tid Ulle Wald Weather Whin "
    "Wythe Yar"
)
ENDINGS = _words(
    "beck berth bourne by combe cote croft dale dyke fold garth gill hulme keld land ley mere "
    "moor ness over royd sett shaw slack stead thorpe thwaite toft wick with worth"
)
PARTICLES = ("O'", "O’", "Mac", "D'", "St. ", "de ", "Ó ", "Żu", "Škar", "Mc")
STREETS = _words(
    "Alder Anvil Bobbin Canal Colliery Dale Furnace Gasworks Hawthorn Iron Kiln Larch Loom "
    "Mill Orchard Pottery Quarry Sluice Tannery Viaduct Weir"
)
STREET_KINDS = ("Avenue", "Close", "Drive", "Road", "Street", "Terrace")
#: Each town with its centre on the OS grid, metres. The postcode district is its place here.
TOWNS = (
    ("Ackley Ferry", 381_900, 322_400),
    ("Barrow Keld", 386_700, 321_700),
    ("Beckfold", 391_300, 323_100),
    ("Bramcote Cross", 396_200, 322_000),
    ("Caldmoor", 400_400, 323_500),
    ("Chalgarth", 382_600, 327_300),
    ("Crackwith", 387_100, 328_200),
    ("Dunmere", 391_800, 327_500),
    ("Eckthorpe", 395_700, 328_900),
    ("Farnslack", 400_900, 327_800),
    ("Gildersett", 382_200, 333_000),
    ("Grimcombe", 386_500, 332_600),
    ("Hagworth", 391_100, 333_400),
    ("Hatherness", 396_400, 332_300),
    ("Ingleover", 400_600, 333_100),
    ("Kelbourne", 381_700, 338_600),
    ("Latherdale", 386_900, 338_000),
    ("Marlgill", 391_500, 339_200),
    ("Norshaw", 396_000, 338_400),
    ("Otroyd", 401_200, 338_700),
    ("Scawdyke", 384_300, 344_100),
    ("Staveland", 389_200, 345_000),
    ("Thirhulme", 394_100, 344_300),
    ("Yarstead", 399_000, 345_400),
)
#: A town reaches this far from its centre, metres.
REACH = 1_800
TOWNS_OF_A_TEAM = 3
#: The letters that the second half of a postcode uses.
UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
TEAMS = ("North", "South", "East", "West", "Central", "Coast", "Moors", "Valley")


def teams(count: int) -> list[str]:
    """Name `count` teams, each differently."""
    names = list(TEAMS[:count])
    names += [f"{TEAMS[n % len(TEAMS)]} {n // len(TEAMS) + 1}" for n in range(len(names), count)]
    return names


def one_of(chance: random.Random, choices: Sequence[str]) -> str:
    """Draw one, each as likely; several times faster than `random.choice`."""
    return choices[int(chance.random() * len(choices))]


def surname(chance: random.Random) -> str:
    """Put a surname together; one in fourteen has an apostrophe, a particle or two barrels."""
    name = one_of(chance, BEGINNINGS) + one_of(chance, ENDINGS)
    unusual = chance.random()
    if unusual < 0.05:
        particle = one_of(chance, PARTICLES)
        return particle + (name.lower() if particle[-1] in "ur" else name)
    if unusual < 0.07:
        return f"{name}-{one_of(chance, BEGINNINGS)}{one_of(chance, ENDINGS)}"
    return name


def forename(chance: random.Random, sex: str) -> str:
    """Draw a forename usual for the sex."""
    return one_of(chance, WOMEN if sex == "F" else MEN)


def address(team: int, chance: random.Random) -> dict[str, str]:
    """Draw a home in one of the team's three towns. Neighbours share a postcode sector."""
    place = (team * TOWNS_OF_A_TEAM + int(chance.random() * TOWNS_OF_A_TEAM)) % len(TOWNS)
    town, easting, northing = TOWNS[place]
    # Two draws each: most people live near the middle.
    east = chance.random() + chance.random() - 1
    north = chance.random() + chance.random() - 1
    sector = 1 + 3 * int((east + 1) * 1.5) + int((north + 1) * 1.5)
    unit = one_of(chance, UNIT_LETTERS) + one_of(chance, UNIT_LETTERS)
    number = 1 + int(chance.random() * 240)
    return {
        "address_line_1": f"{number} {one_of(chance, STREETS)} {one_of(chance, STREET_KINDS)}",
        "town": town,
        "postcode": f"QX{place + 1} {sector}{unit}",
        "easting": str(easting + int(east * REACH)),
        "northing": str(northing + int(north * REACH)),
    }
