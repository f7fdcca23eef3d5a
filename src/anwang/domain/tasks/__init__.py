"""Ad-hoc tasks (附件4.8) handed down level by level inside one deadline: states, who may keep how long, extensions."""
