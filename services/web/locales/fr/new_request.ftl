new-title = Nouvelle demande de stage
new-title-draft = Modifier la demande { $reference }
new-lead = Choisissez le cours et les dates : les milieux qui ont de la place apparaissent à mesure.
new-lead-quick-entry = Raccourci : vous saisissez la demande d’une école qui n’utilise pas Tandem.
new-not-yours = Demander un stage est l’affaire des écoles et des coordonnateurs.
new-not-saved = La demande n’est pas enregistrée : voyez les champs marqués. Rien de ce que vous avez saisi n’est perdu.
new-what = 1. Le stage
new-who-when = 2. Qui et quand
new-where = 3. Le milieu
new-words = 4. Précisions
new-school = École
new-program = Programme
new-program-first = Choisissez d’abord le programme
new-course = Cours
new-type = Type de stage
new-hours = Heures par étudiant
new-choose = Choisir…
new-kind = Sorte de stage
new-students = Nombre d’étudiants
new-start = Premier jour
new-end = Dernier jour
new-shift = Code de quart
new-shift-hint = Par exemple D8, E8 ou N12.
new-days = Jours
new-days-hint = Aucun coché : jours variables.
new-find = Chercher un milieu
new-look = Voir les places
new-look-courses = Afficher les cours
new-dates-first = Indiquez les dates pour voir où il y a de la place.
new-place-kept = Le milieu choisi est gardé ; il sera affiché de nouveau dès que les dates seront bonnes.
new-no-place = Aucun milieu ne correspond à cette recherche. Essayez un autre nom, ou d’autres dates.
new-non-user = n’utilise pas Tandem
new-nothing-fits = Pas de place à ces dates
new-fitting = { $count ->
    [one] { $count } destination a de la place
   *[other] { $count } destinations ont de la place
}
new-units = Demander une destination précise
new-free-places = { $free } places libres sur { $capacity }, { $pending } demandées
new-more-places = { $count ->
    [one] Et { $count } autre milieu : précisez la recherche.
   *[other] Et { $count } autres milieux : précisez la recherche.
}
new-comment = Commentaire pour le milieu
new-comment-hint = Pas de renseignements personnels sur les étudiants.
new-release = Retenir jusqu’à la date de diffusion commune
new-release-hint = La demande part d’elle-même ce jour-là ; toutes les écoles ont ainsi la même chance.
new-send = Enregistrer et envoyer
new-save = Enregistrer le brouillon
new-send-hint = Envoyée, la demande parvient au coordonnateur receveur. Un brouillon ne se voit qu’à l’école.
new-enter = Enregistrer la demande
new-enter-hint = Elle figure aussitôt dans votre boîte de réception, à traiter comme les autres.
new-leave = Revenir sans enregistrer
done-saved = La demande { $subject } est enregistrée.
done-sent = La demande { $subject } est envoyée.
done-quick-entry = La demande { $subject } est saisie et vous attend dans la boîte de réception.
