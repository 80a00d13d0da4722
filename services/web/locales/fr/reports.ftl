## Rapports
reports-title = Rapport sur les demandes
reports-period = Toutes les dates
reports-sums = En bref
reports-requests = Demandes
reports-median = Délai médian de réponse
reports-by-state = Par état
reports-sent = Envoyée le
reports-answer = Délai de réponse
reports-confirmation = Délai de confirmation
reports-days-open = { $count ->
    [one] pas encore, après { $count } jour
   *[other] pas encore, après { $count } jours
}
reports-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
