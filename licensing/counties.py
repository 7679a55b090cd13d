"""New Mexico's thirty-three counties."""

COUNTIES = (
    "Bernalillo", "Catron", "Chaves", "Cibola", "Colfax", "Curry", "De Baca", "Doña Ana", "Eddy", "Grant", "Guadalupe",
    "Harding", "Hidalgo", "Lea", "Lincoln", "Los Alamos", "Luna", "McKinley", "Mora", "Otero", "Quay", "Rio Arriba",
    "Roosevelt", "San Juan", "San Miguel", "Sandoval", "Santa Fe", "Sierra", "Socorro", "Taos", "Torrance", "Union",
    "Valencia",
)  # fmt: skip
