/// A configuration to begin with: every setting, explained and commented out.
package enum ConfigurationSample {
    /// Without its comment signs it is a valid file, which a test checks.
    package static let text = """
        # runwatch: ~/.config/runwatch/config.yaml
        # An option goes before a variable (RUNWATCH_INTERVAL=5), and both before this file. `runwatch config` tells what is
        # in force and why.

        # Run services by name: `runwatch --service gpu`, `:service gpu` on the screen.
        #services:
        #  gpu: http://gpu.example.org:5000
        #  team:
        #    address: sqlite:////srv/team/mlflow.db
        #    read-only: true

        # What to open where nothing nearer says so: no option, no variable, no mlflow.db or mlruns in the directory.
        #service: gpu

        # Seconds between polls, and how many runs to load at most, newest first.
        #interval: 2
        #limit: 10000

        # Look, but change nothing. For one service, write it there.
        #read-only: false

        # Columns beside the usual ones; without this the runs decide. Metrics, min or max of one, params., tags., properties.,
        # user, host, commit, id; -started and the like take a usual one away; differ stands for what differs.
        #columns: [loss, val_acc]

        # A column or a metric; asc or desc may follow.
        #sort: started desc

        # How to tell of failures, NaN and watched runs: none, or some of bell, osc (a notification of the desktop) and hook. The
        # hook is a command of the shell; it gets the event as one line of JSON on its input.
        #notify: bell,osc,hook
        #hook: jq -r .summary | curl -s -d @- https://ntfy.sh/a-topic-only-you-know

        #theme:
        #  # auto, or never (as NO_COLOR does)
        #  color: auto
        #  ascii: false

        # Ways to look at runs, for v, :view NAME and --view NAME. The screen writes them too (:view save NAME): it changes the
        # lines of that view and no others. What a view does not name is as at the start.
        #views:
        #  failed sweeps:
        #    experiment: sweep-lr
        #    filter: status:failed
        #    sort: loss asc
        #    columns: [params.lr, min loss]
        #  mine: user = ana

        # Keys of commands, by the names that `:` takes; a command has these instead of its own. As help writes them: x, X,
        # ctrl-x, alt-x, F5, up, PgUp, Home, enter, esc, tab, space, delete.
        #keys:
        #  page-down: [PgDn, ctrl-f, space]
        #  mark: m
        """
}
