extension PrometheusMetrics {
    /// Help texts of what ``registerProcess()`` adds.
    package static let processDefinitions = [
        MetricDefinition(name: "process_resident_memory_bytes", help: "Resident memory size in bytes."),
        MetricDefinition(name: "process_start_time_seconds", help: "Start of the process since 1970 in seconds."),
        MetricDefinition(name: "process_cpu_seconds_total", help: "User and system CPU time spent in seconds."),
        MetricDefinition(name: "process_open_fds", help: "Number of open file descriptors."),
    ]

    /// Adds the process's own figures under the names that all Prometheus clients use.
    package func registerProcess() {
        let start = ProcessStatistics.read()?.startSeconds
        gauge("process_start_time_seconds") { start }
        gauge("process_resident_memory_bytes") { ProcessStatistics.read()?.residentBytes }
        counter("process_cpu_seconds_total") { ProcessStatistics.read()?.processorSeconds }
        gauge("process_open_fds") { ProcessStatistics.openDescriptors() }
    }
}
