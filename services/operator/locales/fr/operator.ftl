# Ce que l'opérateur dit de ses décisions. { $value } est ce dont il s'agit.
floor = Le plancher suffit.
peak = La période de pointe { $value } est en cours ou sur le point de commencer.
backlog = { $value } messages sont en attente.
disruption-budget = Le budget d'interruption exige { $value } pods en tout temps.
ceiling = Le plafond de { $value } n'en admet pas plus.
calming = Moins suffirait, mais pas encore depuis assez longtemps.
stepping = Moins suffit depuis assez longtemps : une réplique est retirée.
draining = La dernière réplique retirée a le temps de terminer ce qu'elle tient.
not-ready = Moins suffirait, mais toutes les répliques ne sont pas prêtes.
no-disruption-allowed = Moins suffirait, mais le budget d'interruption ne permet aucun retrait.
backlog-unknown = Le nombre de messages en attente est inconnu; rien n'est retiré.
migration-running = La migration { $value } est en cours; l'échelle ne change pas avant sa fin.
maintenance = Un entretien est en cours; l'échelle ne change pas avant sa fin.
paused = En pause : l'opérateur ne change rien.

# L'état d'une province.
all-ready = Toutes les composantes ont leurs répliques.
progressing = Les répliques ne sont pas encore toutes prêtes : { $value }.
release-absent = L'installation n'a pas de charge de travail pour : { $value }.
foreign-autoscaler = Un autre ajusteur règle la même charge de travail : { $value }. Mettez autoscaling.managedBy de l'installation à operator.
rival = Une autre province a déjà cette installation en main : { $value }.
broker-unreachable = L'interface de gestion du courtier ne répond pas : { $value }.
none = Aucune.

# Ce qui a été fait.
created = L'ajusteur { $value } a été créé.
restored = L'ajusteur { $value } avait disparu ou changé; il a été rétabli.
overruled = Une modification de { $value } a été annulée; modifiez plutôt la Province.
removed = L'ajusteur { $value } a été retiré.
raised = { $value } avait moins de répliques que le plancher; elles ont été ajoutées.
released = La province libère son installation; les charges de travail gardent leurs répliques. Retirés : { $value }.

# Défauts d'une déclaration; le champ précède.
fault-immutable = ne peut pas devenir { $value }; supprimez la province et déclarez-en une autre
fault-time-zone = { $value } n'est pas un fuseau horaire de la base IANA
fault-no-components = au moins une composante est requise
fault-zero = doit être au moins 1
fault-above-ceiling = { $value } dépasse le plafond de la composante
fault-no-broker = requis lorsqu'une composante a messagesPerReplica
fault-not-encrypted = managementUrl n'est pas chiffrée; elle doit commencer par https://
fault-order = doit suivre from
fault-twice = { $value } figure deux fois
fault-day = { $value } n'est pas un jour que chaque année possède, écrit MM-JJ
fault-unknown-component = { $value } ne figure pas parmi les composantes
