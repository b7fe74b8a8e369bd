import ArgumentParser
import CLinux
import Glibc

/// The one binary: each program of the contract is a subcommand.
@main
enum Main {
    static func main() async {
        // A peer that hangs up is an error of the write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        // Threads that share two heaps instead of keeping one each: what a burst has used is used again.
        mallopt(M_ARENA_MAX, 2)
        exit(await CommandLineRun.run(OrderbusCommand.self))
    }
}

/// The root command, which only names the others.
struct OrderbusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orderbus",
        abstract: "Orders that arrive as messages: checked, stored exactly once, answered.",
        subcommands: [
            WorkerCommand.self, HTTPCommand.self, ConsoleCommand.self, TopologyCommand.self, DatabaseCommand.self,
            OrderCommand.self, TokenCommand.self,
            DeadCommand.self, AuditCommand.self, DoctorCommand.self, BenchCommand.self,
        ]
    )
}
