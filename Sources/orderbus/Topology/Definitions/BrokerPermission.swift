/// What a user may do in a virtual host, as regular expressions over names.
package struct BrokerPermission: Sendable, Equatable, Codable {
    package let user: String
    package var vhost: String
    package let configure: String
    package let write: String
    package let read: String

    package init(user: String, vhost: String = "/", configure: String, write: String, read: String) {
        self.user = user
        self.vhost = vhost
        self.configure = configure
        self.write = write
        self.read = read
    }
}
