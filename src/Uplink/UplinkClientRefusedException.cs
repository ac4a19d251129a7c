namespace Cinnabar.Uplink;

/// <summary>An enrolment that must not or cannot go on; the text says why, for the installer.</summary>
public sealed class UplinkClientRefusedException(string message) : Exception(message);
