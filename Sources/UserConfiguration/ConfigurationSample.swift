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

        # Listen to the mouse: wheel, a click on a row, a column, a tab. Selecting text then takes shift.
        #mouse: false

        #theme:
        #  # auto, or never (as NO_COLOR does)
        #  color: auto
        #  ascii: false
        #  # Colours of statuses and of marks (attention): a name such as red, bright-red, gray, default, or 0 to 255
        #  colors:
        #    running: 39
        #    attention: yellow

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

        # Commands of your own, for the selected run or the marked ones: by `:` and their name, or by a key. ${id}, ${name},
        # ${experiment}, ${status}, ${user}, ${parent}, ${host}, ${tags.K}, ${params.K}, ${properties.K}, ${metrics.K} become
        # one word each, whatever is in them; ${name:q} is quoted once more, for the shell at the other end of ssh.
        #commands:
        #  gpu: ssh ${host} nvidia-smi
        #  slurm-cancel:
        #    run: scancel --verbose ${tags.slurm_job_id}
        #    help: cancel the Slurm job
        #    key: X
        #    confirm: true
        #    background: true
        #    timeout: 30
        #  annotate:
        #    run: runwatch update -r ${id} --description ${input}
        #    prompt: description
        #    pause: false
        """
}
