## Ce qui entoure chaque page
description = Tandem coordonne les stages cliniques entre les écoles et les milieux de soins.
skip = Aller au contenu
nav = Navigation principale
nav-home = Accueil
nav-inbox = Boîte de réception
nav-outbox = Boîte d’envoi
nav-new-request = Nouvelle demande
nav-occupancy = Occupation
nav-places = Milieux
nav-reports = Rapports
language-name = Français
language-keep = Afficher en français, avec ce qui est saisi
menu = Menu de l’utilisateur
menu-roles = Changer de rôle
menu-theme = Couleurs
menu-password = Changer le mot de passe
menu-sign-out = Fermer la session
theme-auto = Système
theme-light = Clair
theme-dark = Sombre
dismiss = Fermer ce message
offline = Pas de réseau : rien n’a été envoyé. Ce que vous avez saisi est encore là ; envoyez-le quand le réseau sera revenu.
optional = (facultatif)
done-role = Vous travaillez maintenant comme : { $subject }.
## Erreurs
error-title = Cette action n’a pas abouti
error-ours = Une erreur s’est produite de notre côté
error-missing = Cette adresse ne mène nulle part.
error-form = Ce formulaire n’est plus valide : il vient d’une autre session ou d’un autre site. Rien n’a été fait.
error-too-long = Ce qui a été envoyé est trop long.
error-away = Une partie de Tandem ne répond pas pour le moment.
error-unreadable = Ce qui a été demandé est illisible : l’adresse ou le formulaire est incomplet ou a été modifié.
error-reference = Référence pour le soutien :
error-home = Retour à l’accueil
error-turn-you = Vérifiez l’adresse ou ce que vous avez saisi, puis recommencez.
error-turn-wait = Rien n’a été perdu. Attendez un instant et recommencez ; si cela persiste, communiquez la référence au soutien.
error-turn-read-again = Quelqu’un a agi entre-temps. Rouvrez la page pour voir où en sont les choses.
error-turn-administrator = Si vous devriez avoir ce droit, votre administrateur local peut vous l’accorder.
error-turn-form = À vous d’agir : rouvrez la page et recommencez.
error-turn-support = C’est à nous d’agir : communiquez la référence ci-dessous au soutien.
## Connexion
sign-in-title = Connexion
sign-in-lead = Les stages cliniques, de l’école au milieu.
sign-in-login = Identifiant
sign-in-password = Mot de passe
sign-in-submit = Se connecter
sign-in-kept = Votre session est terminée, et rien n’a été envoyé. Ce que vous aviez saisi est gardé : reconnectez-vous pour le retrouver.
resume-title = Ce que vous aviez saisi est encore là
resume-lead = Rien n’a encore été envoyé. Reprenez le formulaire, relisez-le, puis envoyez-le.
resume-submit = Reprendre le formulaire
done-kept = Ce que vous aviez saisi est encore là. Rien n’a encore été envoyé.
sign-in-forgotten = Mot de passe oublié ? Votre administrateur local vous donnera un mot de passe temporaire.
password-title = Nouveau mot de passe
password-lead = Un mot de passe temporaire, ou vieux de 90 jours, doit être remplacé.
password-present = Mot de passe actuel
password-new = Nouveau mot de passe
password-rules = Au moins 12 caractères, avec majuscule, minuscule, chiffre et symbole.
password-submit = Enregistrer et continuer
## Accueil
home-title = Ce qui m’attend
## Temps
month-short-1 = janv.
month-short-2 = févr.
month-short-3 = mars
month-short-4 = avr.
month-short-5 = mai
month-short-6 = juin
month-short-7 = juill.
month-short-8 = août
month-short-9 = sept.
month-short-10 = oct.
month-short-11 = nov.
month-short-12 = déc.
## Whether a unit fits
fits = convient
misfit-unspecified = ne convient pas
misfit-capacity = pas assez de places
misfit-group-size = groupe trop grand
misfit-closed = fermée ces jours-là
misfits-despite = Accepter malgré cela : { $misfits }
misfit-notice = { $count ->
    [1] trop tard d’un jour pour son préavis
   *[other] trop tard de { $count } jours pour son préavis
  }
