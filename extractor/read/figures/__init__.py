"""Figures: numbers with their units, bounds, ranges and periods.

figure  := bound? measure bound-after? period? bound-after?
measure := sign? currency? number scale? range? unit? denominator? qualifier?

numbers, number_words, fractions   what a number is
amounts, pounds, counts            what it is a number of
ranges, measure                    one figure put together
bounds, multiples, around          what the words beside it say
neighbours, ties                   the unit that a figure has from the one beside it
restated                           amounts that say another one again
"""
