using System.Diagnostics;
using System.Globalization;

namespace Cinnabar.Shared;

/// <summary>One etcd process of a cluster; it can be killed and started again over the same data.</summary>
internal sealed class EtcdMember(string folder, int number, int clientPort, int peerPort, EtcdCertificates certificates) : IAsyncDisposable
{
    private Process? _process;

    public string Data => Path.Combine(folder, "data" + number.ToString(CultureInfo.InvariantCulture));

    public Uri Client => new($"https://127.0.0.1:{clientPort}");

    public string Peer => $"m{number}=https://127.0.0.1:{peerPort}";

    public bool HasExited => _process?.HasExited != false;

    public void Start(string allPeers, string token)
    {
        var start = new ProcessStartInfo("etcd",
        [
            "--name", $"m{number}", "--data-dir", Data,
            "--listen-client-urls", $"https://127.0.0.1:{clientPort}", "--advertise-client-urls", $"https://127.0.0.1:{clientPort}",
            "--listen-peer-urls", $"https://127.0.0.1:{peerPort}", "--initial-advertise-peer-urls", $"https://127.0.0.1:{peerPort}",
            "--initial-cluster", allPeers, "--initial-cluster-token", token, "--initial-cluster-state", "new",
            "--client-cert-auth", "--trusted-ca-file", certificates.AuthorityFile, "--cert-file", certificates.MemberFile, "--key-file", certificates.MemberKeyFile,
            "--peer-client-cert-auth", "--peer-trusted-ca-file", certificates.AuthorityFile, "--peer-cert-file", certificates.MemberFile, "--peer-key-file", certificates.MemberKeyFile,
            "--experimental-initial-corrupt-check=true", "--experimental-corrupt-check-time", "1h",
            // The cheapest bcrypt: these passwords are random and live for minutes.
            "--bcrypt-cost", "4", "--log-level", "warn", "--log-outputs", Path.Combine(folder, $"m{number}.log"), "--logger", "zap",
        ]) { RedirectStandardError = true, RedirectStandardOutput = true };
        _process?.Dispose();
        _process = Process.Start(start) ?? throw new InvalidOperationException("etcd did not start.");
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>As a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
    }

    public string LastWords()
    {
        var log = Path.Combine(folder, $"m{number}.log");
        return File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(5)) : "It wrote no log.";
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
    }
}
