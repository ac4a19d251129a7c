namespace Cinnabar.Evidence.Verification;

/// <summary>Each verdict in a sentence that a judge can read.</summary>
public static class PackSentences
{
    /// <summary>The sentence of a verdict.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The verdict is none.</exception>
    public static BilingualText Of(PackVerdict verdict) => verdict switch
    {
        PackVerdict.Valid => new("证据包有效：每条记录、每份收据、每份原件均已核验。", "The pack is valid: every statement, every receipt and every original was checked."),
        PackVerdict.NotCanonical => new("文件不是规定格式的证据包。", "The file is not an evidence pack in its one form."),
        PackVerdict.LimitExceeded => new("证据包超过规定的大小。", "The pack is larger than a pack may be."),
        PackVerdict.ManifestInvalid => new("证据包的清单缺失或自相矛盾。", "The manifest is missing or contradicts itself."),
        PackVerdict.FilesIncomplete => new("文件与清单不一致：有缺少或多出的文件。", "Files are missing, or there are files that the manifest does not name."),
        PackVerdict.StatementAltered => new("一条记录的内容被改动。", "A statement was altered."),
        PackVerdict.ReceiptAltered => new("一份收据的内容被改动。", "A receipt was altered."),
        PackVerdict.OriginalAltered => new("一份原件（照片、视频或文书）被改动。", "An original (picture, video or document) was altered."),
        PackVerdict.DocumentAltered => new("目录、说明、名册或检查点被改动。", "The index, README, roster or checkpoint was altered."),
        PackVerdict.RosterInvalid => new("包内的法院名册不真实。", "The roster in the pack is not genuine."),
        PackVerdict.RosterNotPinned => new("该法院不在您提供的名册中，或密钥不同。", "This court, with these keys, is not in the roster you gave."),
        PackVerdict.CheckpointInvalid => new("日志检查点不是该法院签署的。", "The checkpoint was not signed by the court's log."),
        PackVerdict.StatementMalformed => new("一条记录的格式不合规定。", "A statement is malformed."),
        PackVerdict.ReceiptInvalid => new("一份收据不能证明其记录在法院日志中。", "A receipt does not prove that its statement is in the court's log."),
        PackVerdict.LogInconsistent => new("收据与检查点不属于同一份日志的同一时刻。", "Receipts and checkpoint do not speak of one log at one moment."),
        PackVerdict.KeyNotTrusted => new("法院没有为一条记录的签名密钥作过登记。", "The court vouches for no such key as signed one of the statements."),
        PackVerdict.SignatureInvalid => new("一条记录的签名错误。", "The signature of a statement is wrong."),
        PackVerdict.IssuerNotEntitled => new("一条记录由无权出具的一方出具。", "A statement was made by somebody who may not make it."),
        PackVerdict.ChainBroken => new("一台装置的记录互相矛盾（分叉）。", "The statements of one seal contradict each other (a fork)."),
        PackVerdict.OriginalNotVouched => new("一份原件没有任何记录证明。", "No statement vouches for one of the originals."),
        PackVerdict.ClipReordered => new("视频片段的顺序被改动。", "The parts of a video are not in the order they were taken."),
        PackVerdict.VouchingWrong => new("清单把原件归于错误的记录。", "The manifest ascribes an original to the wrong statements."),
        PackVerdict.IndexNotDerived => new("目录或说明的内容与记录不符。", "The index or README says something that the statements do not."),
        PackVerdict.GovernanceInvalid => new("包内的法院名单（治理日志）不成立。", "The governance log in the pack does not hold: which courts watch each other is not shown."),
        PackVerdict.EpochContradicts => new("互相监督的法院名单与该法院或您的名册矛盾。", "The courts that watch each other are not those of this pack or of the roster you gave."),
        PackVerdict.CosignatureInvalid => new("一家法院的联署签名错误。", "A court's cosignature is wrong."),
        PackVerdict.NotFinal => new("为日志作证的法院不足法定数目，记录尚未终局。", "Fewer courts than needed vouch for the log: its entries are not final."),
        PackVerdict.AnchorInvalid => new("锚定记录不是这个检查点的。", "The anchor is not that of this checkpoint."),
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };
}
