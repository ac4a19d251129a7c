namespace Cinnabar.Evidence.Verification;

/// <summary>One step of the check of a pack, and what came of it.</summary>
/// <param name="Number">Number of the step in docs/formats/pack.md, section 4.</param>
/// <param name="Title">What the step checks.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Checked">How many things it looked at: files, statements, receipts or originals; 0 when not reached.</param>
public sealed record PackStep(int Number, BilingualText Title, PackStepOutcome Outcome, int Checked);
