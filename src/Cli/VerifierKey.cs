using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;

namespace Cinnabar.Cli;

/// <summary>Reads a key as C2SP signed-note writes it: name+hex(key id)+base64(type ‖ key).</summary>
internal static class VerifierKey
{
    private const byte EcdsaType = 0x02;

    /// <returns>False for every other text; the caller disposes <see cref="NoteKey.Key"/>.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out NoteKey? key)
    {
        key = null;
        if (text.Split('+', 3) is not [var name, _, var encoded] || !NoteKey.IsName(name))
        {
            return false;
        }

        try
        {
            if (Convert.FromBase64String(encoded) is not [EcdsaType, .. var der])
            {
                return false;
            }

            key = new NoteKey(name, new VerificationKey(CoseKey.FromSubjectPublicKeyInfo(der)));
            return key.ToVerifierKey() == text;
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
