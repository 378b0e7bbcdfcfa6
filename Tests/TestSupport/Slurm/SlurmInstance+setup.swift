import Foundation

extension SlurmInstance {
    /// The configuration and the key of a new instance.
    static func write(_ options: Options, to directory: String) throws {
        let files = FileManager.default
        for name in ["state", "spool"] {
            try files.createDirectory(atPath: "\(directory)/\(name)", withIntermediateDirectories: true)
        }
        let ports = try FreePorts.take(2)
        let lines =
            [
                "ClusterName=runwatch-test", "SlurmctldHost=localhost(127.0.0.1)", "SlurmUser=\(NSUserName())",
                "SlurmdUser=\(NSUserName())", "SlurmctldPort=\(ports[0])", "SlurmdPort=\(ports[1])",
                "AuthType=auth/munge",
                "CredType=cred/munge", "AuthInfo=socket=\(directory)/munge.sock",
                "StateSaveLocation=\(directory)/state",
                "SlurmdSpoolDir=\(directory)/spool", "SlurmctldPidFile=\(directory)/controller.pid",
                "SlurmdPidFile=\(directory)/node.pid", "SlurmctldLogFile=\(directory)/controller.log",
                "SlurmdLogFile=\(directory)/node.log", "ProctrackType=proctrack/pgid", "TaskPlugin=task/none",
                "MpiDefault=none", "SelectType=select/cons_tres", "SelectTypeParameters=CR_Core", "ReturnToService=2",
                "SlurmdParameters=config_overrides", "KillWait=\(options.killWait)", "MinJobAge=\(options.memory)",
                "SchedulerParameters=sched_interval=1,batch_sched_delay=0,sched_min_interval=0",
            ] + options.lines + [
                "NodeName=localhost NodeAddr=127.0.0.1 CPUs=\(options.cores)",
                "PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE",
                "PartitionName=night Nodes=ALL MaxTime=INFINITE",
            ]
        try (lines.joined(separator: "\n") + "\n").write(
            toFile: directory + "/slurm.conf", atomically: true, encoding: .utf8)
        let key = Data((0..<1_024).map { _ in UInt8.random(in: 0...255) })
        guard files.createFile(atPath: directory + "/munge.key", contents: key, attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
        try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory)
    }

    /// Keeps the daemons in its own group until it is told to end them or the tests are gone.
    ///
    /// Daemons that do not go to the background end with the group. What jobs started is in other sessions: it is known
    /// by the directory in its environment, also when no controller is left to cancel it.
    static func script(_ directory: String) -> String {
        """
        exec >/dev/null 2>&1 </dev/null
        cd '\(directory)' || exit 1
        PATH=$PATH:/usr/sbin:/sbin
        unset $(env | sed -n 's/^\\(SLURM[A-Z_]*\\)=.*/\\1/p')
        export SLURM_CONF='\(directory)/slurm.conf'
        here='\(directory)'
        munged --foreground --force --socket=$here/munge.sock --key-file=$here/munge.key --pid-file=$here/munge.pid \\
            --seed-file=$here/munge.seed 2>munge.log &
        until [ -S munge.sock ]; do sleep 0.05; kill -0 $! || exit 1; done
        slurmctld -D & echo $! >controller.pid
        slurmd -D -N localhost & echo $! >node.pid
        while kill -0 \(getpid()) && [ ! -e stop ]; do
            if [ -e restart ]; then rm restart; slurmctld -D & echo $! >controller.pid; fi
            sleep 0.1
        done
        if kill -0 $(cat controller.pid); then
            timeout 5 sh -c 'squeue -h -o %A | sort -u | xargs -r scancel -f -s KILL; squeue -h -o %A | sort -u | xargs -r scancel
                for i in $(seq 20); do [ "$(squeue -h -t R,CG,S)" ] || break; sleep 0.1; done'
        fi
        kill $(cat node.pid controller.pid munge.pid)
        for i in 1 2 3; do
            for process in $(grep -lsaF "$here/slurm.conf" /proc/[0-9]*/environ | cut -d/ -f3); do
                [ "$process" = $$ ] || kill -9 "$process"
            done
            sleep 0.05
        done
        cd / && rm -rf '\(directory)'
        kill -9 0
        """
    }
}

/// Ports on loopback that nobody has now.
enum FreePorts {
    static func take(_ count: Int) throws -> [Int] {
        // All are held until the last is known, so that they differ.
        let holders = try (0..<count).map { _ in try FaultServer { _ in .json("{}") } }
        defer { for holder in holders { holder.stop() } }
        return holders.map(\.port)
    }
}
