# Les courriels. Chaque modèle a un objet (-subject) et une phrase d'ouverture (-lead).
redirected-link-subject = { $reference } : une demande de stage attend votre réponse
redirected-link-lead = { $school } demande un stage dans votre unité : { $place }. Vous pouvez accepter ou refuser par le lien ci-dessous, sans compte ni mot de passe.
redirected-subject = { $reference } : une demande de stage attend votre réponse
redirected-lead = { $school } demande un stage dans votre unité : { $place }. La demande attend votre réponse dans Tandem.
request-sent-subject = { $reference } : nouvelle demande de stage
request-sent-lead = { $school } vous adresse une demande de stage pour { $place }. À vous de la réacheminer, de l'accepter ou de la refuser.
accepted-by-destination-subject = { $reference } : acceptée par la destination, à ratifier
accepted-by-destination-lead = La destination accepte la demande de stage : { $place }. L'école ne le saura que lorsque vous l'aurez acceptée au nom de l'organisme.
declined-by-destination-subject = { $reference } : refusée par la destination, à ratifier
declined-by-destination-lead = La destination refuse la demande de stage : { $place }. L'école n'en est pas informée ; à vous de ratifier ce refus, d'accepter malgré tout ou de réacheminer.
request-accepted-subject = { $reference } : demande de stage acceptée, à confirmer
request-accepted-lead = { $agency } accepte votre demande de stage. Confirmez-la pour garder la place.
request-declined-subject = { $reference } : demande de stage refusée
request-declined-lead = { $agency } refuse votre demande de stage.
request-confirmed-subject = { $reference } : stage confirmé
request-confirmed-lead = { $school } confirme le stage : { $place }.
request-cancelled-subject = { $reference } : demande de stage annulée
request-cancelled-lead = La demande de stage suivante est annulée : { $place }.
dates-changed-subject = { $reference } : autres dates pour un stage convenu
dates-changed-lead =
    { $agreement ->
        [CONFIRMED] Les dates du stage suivant ont changé : { $place }. Il reste confirmé.
       *[ACCEPTED] Les dates du stage suivant ont changé : { $place }. L'école doit les confirmer.
    }
destination-changed-subject = { $reference } : autre destination pour un stage convenu
destination-changed-lead = Le stage suivant se fera dans une autre destination : { $place }. Le reste de ce qui était convenu ne change pas.
withdrawn-from-destination-subject = { $reference } : n'est plus à votre unité
withdrawn-from-destination-lead = La demande suivante n'est plus à votre unité : elle est de nouveau en attente auprès de l'organisme ({ $agency }), ou une autre destination l'a reçue. Vous n'avez rien à faire.
requests-affected-by-closure-subject = Fermeture : { $place }
requests-affected-by-closure-lead =
    { $count ->
        [one] { $place } ne reçoit pas de stagiaires pendant les jours ci-dessous, ce qui touche une de vos demandes. Voyez avec le milieu s'il faut en changer les dates, la reporter ou l'annuler.
       *[other] { $place } ne reçoit pas de stagiaires pendant les jours ci-dessous, ce qui touche { $count } de vos demandes. Voyez avec le milieu s'il faut en changer les dates, les reporter ou les annuler.
    }

# Le reste du message.
greeting = Bonjour { $name },
label-reference = Référence
label-school = École
label-program = Programme
label-agency = Organisme
label-site = Site
label-service = Service
label-destination = Destination
label-dates = Dates
label-previous-dates = Dates d’avant
label-days = Jours
label-placement-type = Type de stage
label-students = Stagiaires
label-hours = Heures
label-reason = Raison
label-actor = Par
dates = du { $start } au { $end }
students =
    { $count ->
        [one] { $count } stagiaire
       *[other] { $count } stagiaires
    }
hours =
    { $count ->
        [one] { $count } heure par stagiaire
       *[other] { $count } heures par stagiaire
    }
action-answer = Répondre à la demande
action-open = Ouvrir dans Tandem
action-address = Si le bouton ne s'ouvre pas, copiez cette adresse dans votre navigateur :
link-note = Ce lien vous est personnel et sert une seule fois. Il expire le { $date }. Ne le transférez pas : qui l'ouvre répond en votre nom.
contact = Des questions ? Écrivez à { $name } en répondant à ce courriel.
footer = Tandem vous écrit parce que vous avez un rôle dans cette demande. Ce courriel ne contient aucun renseignement sur les stagiaires.
footer-closure = Tandem vous écrit parce que vous avez des demandes dans ce milieu. Ce courriel ne contient aucun renseignement sur les stagiaires.
label-place = Milieu
closure-outbreak = Éclosion d’une infection
closure-construction = Travaux ou déménagement
closure-labour-dispute = Conflit de travail
closure-security = Danger pour les personnes ou les lieux
closure-holidays = Congés, été, absence du personnel
closure-other = Autre, selon la note
