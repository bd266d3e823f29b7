# Kills processes whose starter is gone. Standard input names them: "+ID" puts a process on the
# list, "-ID" takes it off again, and the end of the input means that the starter has ended.
watched=' '
while read -r line; do
  id=${line#?}
  case $line in
    +*) watched="$watched$id " ;;
    -*) watched="${watched%% $id *} ${watched#* $id }" ;;
  esac
done
[ "$watched" = ' ' ] && exit

# All that they have started, in whatever process group it is by now.
family=$(ps -A -o pid= -o ppid= | awk -v watched="$watched" '
  BEGIN { split(watched, ids); for (at in ids) listed[ids[at]] }
  { parent[$1] = $2 }
  END {
    for (id in parent)
      for (above = id; above in parent; above = parent[above])
        if (above in listed) { print id; break }
  }')
for id in $watched; do kill -KILL "-$id"; done
for id in $watched $family; do kill -KILL "$id"; done
