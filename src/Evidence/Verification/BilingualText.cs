namespace Cinnabar.Evidence.Verification;

/// <summary>The same sentence in Chinese and in English.</summary>
/// <param name="Zh">Chinese, simplified.</param>
/// <param name="En">English.</param>
public sealed record BilingualText(string Zh, string En);
