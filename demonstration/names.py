"""Invented people, firms and places. Any likeness to a real licensee is chance."""

OFFICERS = (
    "Dana Ortiz", "Luis Maestas", "Priya Nair", "Carl Begay", "Ana Trujillo", "Sam Whitehorse", "Grace Padilla",
    "Ben Chavez", "Ruth Sandoval", "Omar Haddad", "Nina Quintana", "Theo Lindqvist", "Alma Vigil",
)  # fmt: skip
SUPERVISORS = ("Marco Baca", "Helen Yazzie")
ADMINISTRATOR = "Joan Pierce"
AUDITOR = "Victor Salas"

GIVEN = (
    "Tomás", "Rosa", "Elena", "Frank", "Marisol", "Peter", "Lucía", "Amos", "Ingrid", "Walter", "Delia", "Ramón", "Susan",
    "Benito", "Carla", "Jerome", "Paloma", "Oscar", "Ruby", "Ernesto", "Hazel", "Nico", "Vera", "Silas", "Yolanda",
)  # fmt: skip
FAMILY = (
    "Lucero", "Archuleta", "Montaño", "Gallegos", "Tafoya", "Benally", "Romero", "Sena", "Jaramillo", "Cordova", "Apodaca",
    "Mirabal", "Duran", "Espinoza", "Holloway", "Kessler", "Naranjo", "Abeyta", "Varela", "Whitman", "Zamora", "Pacheco",
)  # fmt: skip
FIRST = (
    "High Mesa", "Enchanted Acre", "Rio Bravo", "Mesa Bloom", "Sandia Sky", "Alto Verde", "Pecos Valley", "Chama River",
    "Ojo Feliz", "Piñon Ridge", "Red Arroyo", "Three Corners", "Turquoise Trail", "Blue Agave", "Cottonwood", "Sunrise",
    "Yucca Flat", "Desert Willow", "Cholla", "Roadrunner", "Bosque", "Juniper Gate", "Caldera", "Acequia", "Luna Clara",
    "Painted Rock", "Windmill", "Silver Creek", "Lost Canyon", "Sage and Stone",
)  # fmt: skip
SECOND = (
    "Organics", "Farm", "Gardens", "Cannabis", "Collective", "Growers", "Dispensary", "Botanicals", "Harvest", "Works",
    "Provisions", "Apothecary",
)  # fmt: skip
STREETS = (
    "Main Street",
    "Camino Real",
    "Mesa Road",
    "Acequia Lane",
    "Railroad Avenue",
    "County Road 7",
    "Second Street",
)

# Town, county, ZIP code, weight: how many premises stand there compared with others
TOWNS = (
    ("Albuquerque", "Bernalillo", "87102", 30), ("Reserve", "Catron", "87830", 1), ("Roswell", "Chaves", "88201", 6),
    ("Grants", "Cibola", "87020", 3), ("Raton", "Colfax", "87740", 4), ("Clovis", "Curry", "88101", 6),
    ("Fort Sumner", "De Baca", "88119", 1), ("Las Cruces", "Doña Ana", "88001", 18), ("Sunland Park", "Doña Ana", "88063", 8),
    ("Carlsbad", "Eddy", "88220", 6), ("Silver City", "Grant", "88061", 4), ("Santa Rosa", "Guadalupe", "88435", 2),
    ("Roy", "Harding", "87743", 1), ("Lordsburg", "Hidalgo", "88045", 1), ("Hobbs", "Lea", "88240", 9),
    ("Ruidoso", "Lincoln", "88345", 4), ("Los Alamos", "Los Alamos", "87544", 1), ("Deming", "Luna", "88030", 3),
    ("Gallup", "McKinley", "87301", 5), ("Mora", "Mora", "87732", 2), ("Alamogordo", "Otero", "88310", 6),
    ("Tucumcari", "Quay", "88401", 3), ("Española", "Rio Arriba", "87532", 5), ("Portales", "Roosevelt", "88130", 3),
    ("Farmington", "San Juan", "87401", 7), ("Las Vegas", "San Miguel", "87701", 5), ("Rio Rancho", "Sandoval", "87124", 8),
    ("Santa Fe", "Santa Fe", "87501", 12), ("Truth or Consequences", "Sierra", "87901", 3), ("Socorro", "Socorro", "87801", 3),
    ("Taos", "Taos", "87571", 6), ("Estancia", "Torrance", "87016", 6), ("Clayton", "Union", "88415", 1),
    ("Los Lunas", "Valencia", "87031", 6),
)  # fmt: skip

# What a visit saw, by code of the catalog: words of the officer, plan of the licensee
SEEN = {
    "PLT-01": ("{count} mature plants above the number the license allows.", "Move the extra plants out of flower. Count every Friday."),
    "SEC-04": ("The alarm panel was off. Nobody present could turn it on.", "Have the alarm company repair the panel and train two people."),
    "SEC-02": ("Flowering plants can be seen through the east fence from the road.", "Put up a solid screen along the east fence."),
    "SEC-07": ("The back door and one window have no sensor.", "Fit sensors on the back door and the window."),
    "SEC-10": ("No record of alarm checks since June.", "Check the alarm on the first of each month and keep the record in the office."),
    "WST-01": ("Stems lay whole in an open bin behind the building.", "Grind and mix all waste before it goes to the bin. Lock the bin."),
    "WST-07": ("Waste was mixed and hauled on the day it was logged.", "Hold waste for 72 hours on a locked pallet with a date card."),
    "PRD-08": ("The trim room scale has no current seal.", "Have the scale inspected and keep the papers by the scale."),
    "PRD-10": ("The drying room on the east side is not on the floor plan.", "Draw a new floor plan that shows the drying room. Send it in."),
    "PRD-01": ("The binder of procedures was not on site.", "Print the procedures and keep them at the front desk."),
    "PRD-12": ("Pesticides stood beside the nutrient tanks.", "Move pesticides to a locked, labeled cabinet."),
    "TRK-04": ("14 plants in row 6 have no tag at the base.", "Tag row 6 and walk each row every morning."),
    "TRK-01": ("Clones in two trays have no tags.", "Tag each clone on the day it is cut."),
    "TRK-11": ("Stock was last reconciled eleven days before the visit.", "Reconcile each evening before closing. Two people sign."),
    "TRK-14": ("An account of a person who left in the spring is still open.", "Close the account. Review the user list each month."),
    "TRK-16": ("The system shows the plants in room 2. They stand in room 4.", "Correct the rooms in the system when plants move."),
    "LBL-01": ("12 of 20 jars had no label.", "Label all jars. Check each lot before it leaves the room."),
    "LBL-02": ("The warning text is smaller than the rule asks.", "Order labels with larger type and use up none of the old ones."),
    "PKG-02": ("Edibles lay in pouches that a child can open.", "Move edibles to child-resistant pouches."),
    "RET-03": ("Two customers walked past the desk without showing an ID.", "Move the desk to the door. Nobody passes without an ID check."),
    "RET-04": ("The sales floor was empty of staff for several minutes.", "Schedule two people at all opening hours."),
    "REC-01": ("There is no written recall procedure.", "Write the procedure and train the staff on it."),
    "MFR-06": ("The extraction room scale has no current seal.", "Have the scale inspected and sealed."),
    "GEN-14": ("Last year's procedures could not be shown.", "Keep current and earlier procedures in one folder on site."),
    "LAB-05": ("Three sample labels had no date.", "Use pre-printed labels with a date box."),
}  # fmt: skip
