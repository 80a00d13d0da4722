## Occupation
occupancy-title = Occupation
occupancy-own = Mes unités
occupancy-export = Exporter (CSV)
occupancy-site = Site
occupancy-service = Service
occupancy-all-services = Tous les services
occupancy-destination = Destination
occupancy-all-destinations = Toutes les destinations
occupancy-from = À partir de la semaine du
occupancy-weeks = Nombre de semaines
occupancy-apply = Afficher
occupancy-what = Lieu et semaines
occupancy-find = Chercher un autre lieu
occupancy-find-label = Site, service ou destination
occupancy-search = Chercher
occupancy-found = { $count ->
    [0] Aucun lieu trouvé
    [one] { $count } lieu trouvé
   *[other] { $count } lieux trouvés
}
occupancy-found-none = Essayez une partie du nom ; les accents et les majuscules ne comptent pas.
occupancy-likely = Sites de vos demandes
occupancy-turn = Autres semaines
occupancy-before = Précédentes
occupancy-today = Aujourd’hui
occupancy-after = Suivantes
occupancy-caption = Occupation par destination et par semaine : étudiants acceptés sur la capacité, et demandes en attente
occupancy-none = Aucune destination ici
occupancy-none-hint = Ce lieu n’a pas de destination active. Choisissez un autre service ou un autre site.
occupancy-none-site = Voir le site
occupancy-day = { $day } { $month }
occupancy-week-of = Semaine du { $day }
occupancy-unassigned = sans destination
occupancy-places = { $count ->
    [0] aucune place
    [one] { $count } place
   *[other] { $count } places
}
occupancy-of = sur
occupancy-pending = en attente
occupancy-closed = fermé
occupancy-total = { $count ->
    [one] Total, { $count } destination
   *[other] Total, { $count } destinations
}
occupancy-rows = Destinations { $from } à { $to } sur { $of }
occupancy-rows-before = Destinations précédentes
occupancy-rows-after = Destinations suivantes
occupancy-rows-all = Toutes sur une page
occupancy-legend = Légende
occupancy-legend-none = personne d’accepté
occupancy-legend-free = moins de 75 % des places
occupancy-legend-nearly = de 75 à 99 %
occupancy-legend-full = complet ou plus
occupancy-legend-pending = hachures et +3 : demandes en attente
occupancy-legend-closed = fermé
occupancy-legend-note = 5/8 : cinq étudiants acceptés, huit places, le jour le plus occupé de la semaine. Une cellule mène aux demandes de la semaine que vous pouvez voir. Les flèches du clavier passent d’une cellule à l’autre.
occupancy-choose = Choisissez un lieu
occupancy-choose-hint = Cherchez un site, un service ou une destination pour voir combien de places y sont prises, semaine par semaine.
occupancy-yes = oui
occupancy-no = non
occupancy-file = occupation
occupancy-csv-destination = Destination
occupancy-csv-from = Semaine du
occupancy-csv-to = Au
occupancy-csv-capacity = Capacité
occupancy-csv-accepted = Acceptés
occupancy-csv-pending = En attente
occupancy-csv-closed = Fermé
