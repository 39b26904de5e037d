"""Example: the text that both peers are shown with its answer."""

PUBLISHED = "2024-03-12"
TEXT = (
    "Nordlys Cells has been building a cell plant in Aldhavn, Norway, since May 2023. The 400 million euro "
    "project covers 35 hectares. From the second half of 2025 its four assembly lines are to make 8 GWh of "
    "LFP cells a year and employ 600 people. The company's pilot line in Bergvik already turns out 120 MWh."
    "\n\n"
    "On March 11 Nordlys agreed with Ambolt Metal on the supply of copper foil to the cell plant until 2027: "
    "3,000 tons in 2025 and 5,000 tons in 2026, at 9,500 euros per ton, altogether worth 76 million euros. "
    "10 percent is paid in advance.\n\n"
    "Analysts at Vind see Nordic cell demand growing by 25 percent a year from 2024, to 20 GWh in 2030. Last "
    "year it was 4.5 GWh."
)
