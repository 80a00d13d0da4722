## L’historique d’une demande
history-title = Historique
history-system = Tandem
history-reason = Raison
history-on-behalf = Au nom de l’autre partie
## Les courriels
history-mails = Courriels
history-mails-none = Aucun courriel n’a été envoyé pour cette demande.
history-mails-unknown = La liste des courriels n’est pas disponible pour l’instant.
history-mail-nobody = Personne à joindre
history-mail-sent = Envoyé
history-mail-failed = Non remis
history-mail-pending = En cours d’envoi
history-mail-resend = Renvoyer
history-mail-redirected-link = Lien de réponse à la destination
history-mail-redirected = Demande à la destination
history-mail-request-sent = Nouvelle demande
history-mail-accepted-by-destination = Acceptation à ratifier
history-mail-declined-by-destination = Refus à ratifier
history-mail-request-accepted = Acceptation à l’école
history-mail-request-declined = Refus à l’école
history-mail-request-confirmed = Confirmation du stage
history-mail-request-cancelled = Annulation
done-request-resent = Courriel renvoyé : { $subject }.
