# A real mail server (aiosmtpd) for SmtpChannelTests: prints its port, then each mail as one JSON line.
import asyncio, base64, json, ssl, sys
from aiosmtpd.smtp import SMTP, AuthResult

class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("later@"):
            return "451 4.7.1 greylisted"
        if address.startswith("slow@"):
            await asyncio.sleep(60)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        print(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None,
                          "data": base64.b64encode(envelope.content).decode()}), flush=True)
        return "250 2.0.0 queued as 4711"

def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=data.login == b"court" and data.password == b"right", handled=False)

async def main():
    loop = asyncio.get_running_loop()
    context = None
    if len(sys.argv) > 2:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(sys.argv[1], sys.argv[2])
    server = await loop.create_server(
        lambda: SMTP(Handler(), tls_context=context, require_starttls=context is not None, authenticator=authenticate,
                     auth_require_tls=True, enable_SMTPUTF8=True), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    # Ends with the test: its end of the pipe closes.
    await loop.run_in_executor(None, sys.stdin.read)

asyncio.run(main())
