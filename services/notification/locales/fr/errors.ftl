# Les textes des erreurs : une clé par code de raison.
link-altered = Ce lien n'est pas complet ou a été modifié. Ouvrez-le depuis le courriel, ou copiez-le en entier.
link-unknown = Ce lien n'existe pas. Demandez à la personne coordonnatrice de vous écrire de nouveau.
link-expired = Ce lien est expiré. Demandez à la personne coordonnatrice de vous écrire de nouveau.
link-used = Ce lien a déjà servi : { $answer ->
        [ACCEPT] vous avez accepté la demande
       *[DECLINE] vous avez refusé la demande
    }. Pour changer votre réponse, parlez à la personne qui coordonne.
link-closed = Cette réponse n'est plus attendue : la demande a été réacheminée, annulée ou traitée autrement.
unknown-reason = Cette raison n'existe pas ou ne convient pas à cette réponse.
delivery-pending = Ce courriel est encore en cours d'envoi ; attendez qu'il soit parti ou refusé.
answer-not-awaited = La destination n'a plus à répondre à cette demande ; il n'y a pas de lien à envoyer.
does-not-fit = La demande ne convient pas à votre unité. Dites que vous l’acceptez malgré cela, ou refusez-la.
request-changed = La demande a changé depuis que vous l’avez ouverte. Relisez-la, puis répondez.
