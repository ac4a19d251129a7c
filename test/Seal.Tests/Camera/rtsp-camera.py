"""A network camera for tests: GStreamer's RTSP server, which shares no code with ffmpeg.

rtsp-camera.py PORT PIPELINE [NAME PASSWORD]    PORT 0 takes a free one; with a name it asks for digest authentication.

Writes "port N" once it listens and "setup URL" for every track that a client asks for. It ends with its standard input,
so that a test that dies leaves no server behind.
"""
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402


def say(text):
    print(text, flush=True)


Gst.init(None)
port, pipeline, login = sys.argv[1], sys.argv[2], sys.argv[3:]
server = GstRtspServer.RTSPServer(address="127.0.0.1", service=port)
factory = GstRtspServer.RTSPMediaFactory(launch=f"( {pipeline} )")
factory.set_protocols(GstRtsp.RTSPLowerTrans.TCP)
if login:
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    auth.add_digest(*login, token)
    server.set_auth(auth)
    rights = "viewer, media.factory.access=(boolean)true, media.factory.construct=(boolean)true"
    factory.add_role_from_structure(Gst.Structure.from_string(rights)[0])
server.get_mount_points().add_factory("/door", factory)
server.connect("client-connected", lambda _, client: client.connect(
    "setup-request", lambda _, context: say(f"setup {context.uri.get_request_uri()}")))
if server.attach(None) == 0:
    sys.exit(f"port {port} is taken")
say(f"port {server.get_bound_port()}")
loop = GLib.MainLoop()
GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.HUP | GLib.IOCondition.IN, lambda *_: loop.quit())
loop.run()
