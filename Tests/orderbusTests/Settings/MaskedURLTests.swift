import Testing
import orderbus

@Suite struct MaskedURLTests {
    @Test(arguments: [
        ("amqp://worker:secret@host:5672/vhost", "amqp://worker:***@host:5672/vhost"),
        ("amqp://host", "amqp://host"),
        ("amqp://worker@host", "amqp://worker@host"),
        ("amqp://a:x@h1,amqps://b:y@h2", "amqp://a:***@h1,amqps://b:***@h2"),
        ("amqp://a:p,w@h1,amqp://h2", "amqp://a:***@h1,amqp://h2"),
        ("amqp://a:p@w/@x@host", "amqp://a:***@host"),
        ("postgresql://u:p@h1:1,h2:2/db?sslmode=require", "postgresql://u:***@h1:1,h2:2/db?sslmode=require"),
        ("postgresql://h/db?password=x&user=u&sslpassword=y", "postgresql://h/db?password=***&user=u&sslpassword=***"),
        ("host=h password=secret", "***"),
    ])
    func passwordsAreMaskedAndTheRestStays(url: String, masked: String) {
        #expect(MaskedURL.mask(url) == masked)
    }
}
