code-taken = Ce code est déjà pris.
agency-retired = Cet organisme est retiré : rien ne peut y être ajouté ni rouvert.
site-closed = Ce site est fermé : rien ne peut y être ajouté ni rouvert.
program-retired = Ce programme est retiré : aucun cours ne peut y être ajouté ni rouvert.
service-in-use =
    { $destinations ->
        [1] Une destination active utilise encore ce service.
       *[other] { $destinations } destinations actives utilisent encore ce service.
    }
profile-only = Un agent de destination ne modifie que le profil : nom, nom court, capacité et taille des groupes.
unknown-kind = Ce genre d’organisme n’existe pas.
unknown-use = Cet usage n’existe pas.
unknown-agency = Cet organisme n’existe pas.
agency-not-receiving = Cet organisme ne reçoit pas de stagiaires.
agency-not-placing = Cet organisme n’envoie pas de stagiaires.
unknown-site = Ce site n’existe pas.
unknown-service = Ce service n’existe pas.
service-of-other-site = Ce service appartient à un autre site.
service-removed = Ce service est désactivé.
unknown-program = Ce programme n’existe pas.
unknown-placement-type = Ce type de stage n’existe pas.
placement-type-not-in-use = Ce type de stage n’est pas en vigueur aujourd’hui.
unknown-person = Cette personne n’est pas connue ici. Si elle vient d’être créée, réessayez dans un instant.
person-archived = Le dossier de cette personne est archivé.
person-of-other-agency = Cette personne travaille pour un autre organisme.
duplicate = Cette valeur figure deux fois.
malformed-code = Un code s’écrit en majuscules, chiffres et traits de soulignement, et commence par une majuscule.
malformed-discipline = Le code d’une discipline s’écrit en minuscules sans accents, chiffres et traits d’union, comme nursing.
malformed-postal-code = Un code postal canadien s’écrit comme H2X 1Y4.
release-after-end = La date de diffusion suit la fin de la session.
file-empty = Le fichier est vide.
file-not-text = Le fichier n’est pas un tableau de texte (CSV).
file-lacks-columns = Il manque des colonnes au fichier : { $columns }.
