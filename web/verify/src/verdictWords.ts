import type { Pair } from './words';

/** What each step of pack.md, section 4, checks. */
export const steps: Readonly<Record<number, Pair>> = {
  1: ['压缩包是唯一规定的形式', 'The container is a plain zip in its one form'],
  2: ['文件数量和大小在限度内', 'Number and size of files are within limits'],
  3: ['清单格式正确', 'The manifest is well formed'],
  4: ['清单与文件完全对应', 'Files and manifest name the same, both ways'],
  5: ['每个文件的大小和散列值与清单一致', 'Every file has the size and hash that the manifest names'],
  6: ['包内名册是一份真实的法院创世声明', 'The roster in the pack is one genuine genesis'],
  7: ['该法院在您提供的名册中', 'The court is in the roster you gave'],
  8: ['检查点由法院日志签名', "The checkpoint is signed by the court's log"],
  9: ['每条记录格式正确', 'Every statement is well formed'],
  10: ['每条记录都有日志回执', 'Every statement is in the log, by its receipt'],
  11: ['回执、序号与检查点一致', 'Receipts, order and genesis fit the checkpoint'],
  12: ['法院为每把签名密钥作保', 'The court vouches for every signing key'],
  13: ['每个签名正确', 'Every signature is right'],
  14: ['各方只声明自己有权声明的事', 'Everybody stated only what is theirs to state'],
  15: ['每台设备的记录首尾相连', 'The statements of each seal fit one chain'],
  16: ['每个原件都有记录证明', 'A statement vouches for every original'],
  17: ['录像片段顺序正确', 'The parts of every clip are in order'],
  18: ['清单写明谁为谁作证', 'The manifest names who vouches for what'],
  19: ['说明页与记录一致', 'Index and README say what the statements say'],
};

/** Why a pack is refused, by verdict. */
export const verdicts: Readonly<Record<number, Pair>> = {
  10: ['这不是规定形式的证据包', 'this is not an evidence pack in its one form'],
  20: ['文件过多或过大', 'it has too many or too large files'],
  30: ['清单缺失或格式错误', 'its manifest is missing or malformed'],
  40: ['文件有缺失或多余', 'files are missing or were added'],
  50: ['有记录被改动', 'a statement was altered'],
  51: ['有回执被改动', 'a receipt was altered'],
  52: ['有原件被改动', 'an original was altered'],
  53: ['有说明文件被改动', 'a document of the pack was altered'],
  60: ['包内名册不真实', 'the roster inside is not genuine'],
  70: ['该法院不在您提供的名册中', 'this court is not in the roster you gave'],
  80: ['日志检查点不是该法院签名的', "the checkpoint is not signed by the court's log"],
  90: ['有记录格式错误', 'a statement is malformed'],
  100: ['有记录没有有效回执', 'a statement has no valid receipt'],
  110: ['回执、序号与日志不一致', 'receipts or order do not fit the log'],
  120: ['有签名密钥未经法院作保', 'the court does not vouch for a signing key'],
  130: ['有签名错误', 'a signature is wrong'],
  140: ['有人声明了无权声明的事', 'somebody stated what is not theirs to state'],
  150: ['设备记录不相连', "a seal's statements do not fit one chain"],
  160: ['有原件没有任何记录证明', 'no statement vouches for an original'],
  170: ['录像片段被调换或重复', 'parts of a clip were reordered or repeated'],
  180: ['清单写错了由谁作证', 'the manifest names the wrong vouchers'],
  190: ['说明页与记录不符', 'the index does not say what the statements say'],
};

/** What must be known of a pack that is valid all the same. */
export const findings: Readonly<Record<number, Pair>> = {
  1: ['没有提供名册：是哪家法院，只由证据包自己声明。法院指纹 {about}', 'No roster was given: only the pack itself says which court it is from. Fingerprint {about}'],
  2: ['设备记录有缺号，部分记录不在包内：{about}', "Statements of a seal's chain are not in the pack: {about}"],
  3: ['设备时钟曾倒退：{about}', "A seal's clock went back: {about}"],
  4: ['有 {about} 项被记录证明的数据不在包内', 'Data that statements vouch for is not in the pack: {about}'],
  5: ['录像中间缺少片段：{about}', 'Parts are missing within a clip: {about}'],
  6: ['有本程序不认识的记录种类：{about}', 'Kinds of statement that this page does not know: {about}'],
};
