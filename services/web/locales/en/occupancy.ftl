## Occupancy
occupancy-title = Occupancy
occupancy-own = My units
occupancy-export = Export (CSV)
occupancy-site = Site
occupancy-service = Service
occupancy-all-services = All services
occupancy-destination = Destination
occupancy-all-destinations = All destinations
occupancy-from = From the week of
occupancy-weeks = Number of weeks
occupancy-apply = Show
occupancy-what = Place and weeks
occupancy-find = Look for another place
occupancy-find-label = Site, service or destination
occupancy-search = Search
occupancy-found = { $count ->
    [0] No place found
    [one] { $count } place found
   *[other] { $count } places found
}
occupancy-found-none = Try a part of the name; accents and capitals do not count.
occupancy-likely = Sites of your requests
occupancy-turn = Other weeks
occupancy-before = Previous
occupancy-today = Today
occupancy-after = Next
occupancy-caption = Occupancy by destination and week: students accepted out of the capacity, and pending requests
occupancy-none = No destination here
occupancy-none-hint = This place has no active destination. Choose another service or another site.
occupancy-none-site = See the site
occupancy-day = { $month } { $day }
occupancy-week-of = Week of { $day }
occupancy-unassigned = without a destination
occupancy-places = { $count ->
    [0] no places
    [one] { $count } place
   *[other] { $count } places
}
occupancy-of = of
occupancy-pending = pending
occupancy-closed = closed
occupancy-total = { $count ->
    [one] Total, { $count } destination
   *[other] Total, { $count } destinations
}
occupancy-rows = Destinations { $from } to { $to } of { $of }
occupancy-rows-before = Previous destinations
occupancy-rows-after = Next destinations
occupancy-rows-all = All on one page
occupancy-legend = Legend
occupancy-legend-none = nobody accepted
occupancy-legend-free = less than 75% of the places
occupancy-legend-nearly = from 75 to 99%
occupancy-legend-full = full or more
occupancy-legend-pending = hatched and +3: pending requests
occupancy-legend-closed = closed
occupancy-legend-note = 5/8: five students accepted, eight places, on the busiest day of the week. A cell leads to those requests of the week that you may see. The arrow keys move from cell to cell.
occupancy-choose = Choose a place
occupancy-choose-hint = Look for a site, a service or a destination to see how many of its places are taken, week by week.
occupancy-yes = yes
occupancy-no = no
occupancy-file = occupancy
occupancy-csv-destination = Destination
occupancy-csv-from = Week of
occupancy-csv-to = To
occupancy-csv-capacity = Capacity
occupancy-csv-accepted = Accepted
occupancy-csv-pending = Pending
occupancy-csv-closed = Closed
