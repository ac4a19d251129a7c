import { ApiFailure } from '../../api/client';
import { useStation } from '../../app/StationContext';
import { useAction } from '../../app/useAction';
import { useWords } from '../../i18n/LanguageContext';
import { FileField } from '../../widgets/FileField';
import { isRuling } from '../order/ruling';

/** Makes up for a ruling that was not uploaded with the order. */
export function RulingUpload({ seal, onDone }: { seal: string; onDone: () => void }) {
  const { t } = useWords();
  const { client } = useStation();
  const { busy, run } = useAction();
  const upload = async (file: File | null) => {
    if (!file) return;
    const done = await run(async () => {
      if (!isRuling(file)) throw new ApiFailure(422, null);
      await client.uploadRuling(seal, file);
    }, t('common.done'));
    if (done) onDone();
  };
  return <FileField label={t('seal.uploadRuling')} accept="application/pdf" busy={busy} onFile={(file) => void upload(file)} />;
}
