# Les textes des erreurs d'identity : une clé par code de motif.
## Connexion
sign-in-refused = L’identifiant ou le mot de passe est erroné. À partir du quatrième mot de passe erroné, il faut attendre avant de réessayer.
sign-in-delayed = Trop de mots de passe erronés. Attendez { $minutes } min avant de réessayer. Si vous avez oublié votre mot de passe, demandez-en un nouveau, temporaire, à votre administrateur local.
account-disabled = Ce compte est désactivé. Demandez à votre administrateur local de le réactiver.
password-change-required = Choisissez un nouveau mot de passe : le mot de passe actuel est temporaire ou date de plus de 90 jours.
temporary-password-expired = Ce mot de passe temporaire n’est plus valide. Demandez-en un nouveau à votre administrateur local.
no-role = Vous n’avez pas encore de rôle dans Tandem. Demandez-en un à votre administrateur local.
session-expired = Votre session a pris fin après 30 minutes d’inactivité ou après 12 heures. Connectez-vous de nouveau.
session-ended = Votre session a pris fin. Connectez-vous de nouveau.
role-not-held = Vous n’avez pas ce rôle.
## Mots de passe
password-too-short = Le mot de passe doit compter au moins 12 caractères.
password-too-long = Le mot de passe peut compter au plus 128 caractères.
password-without-upper-case = Le mot de passe doit contenir une majuscule.
password-without-lower-case = Le mot de passe doit contenir une minuscule.
password-without-digit = Le mot de passe doit contenir un chiffre.
password-without-symbol = Le mot de passe doit contenir un symbole, comme ! ou une espace.
password-contains-login = Le mot de passe ne doit pas contenir l’identifiant.
password-unchanged = Le nouveau mot de passe doit différer du mot de passe actuel.
## Personnes
malformed-email = Cette adresse courriel n’est pas valide.
unknown-language = La langue doit être fr ou en.
person-archived = Cette personne est archivée ; restaurez d’abord sa fiche.
## Comptes
no-account = Cette personne n’a pas de compte.
account-exists = Cette personne a déjà un compte.
login-taken = Une autre personne a cet identifiant.
malformed-login = Un identifiant compte de 2 à 64 lettres sans accent, chiffres, points, traits d’union ou traits de soulignement.
invalid-transition =
    Le compte est { $from ->
        [INVITED] en attente d’un premier mot de passe
        [ACTIVE] actif
        [LOCKED] verrouillé
       *[DISABLED] désactivé
    } et ne le permet pas ; réactivez-le ou réinitialisez d’abord son mot de passe.
## Droits
level-not-allowed = Ce rôle n’a pas ce niveau.
scope-not-allowed = Ce rôle ne se donne pas à ce genre de lieu.
unknown-place = Ce lieu n’est pas connu. S’il vient d’être créé, réessayez dans un instant.
place-inactive = Ce lieu est fermé.
wrong-side = Ce rôle relève de l’autre côté : les organismes demandeurs et receveurs ont chacun leurs rôles.
grant-reserved = Seul l’exploitant donne ou retire ce rôle ou ce niveau.
grant-exists = Cette personne a déjà ce rôle à ce lieu.
