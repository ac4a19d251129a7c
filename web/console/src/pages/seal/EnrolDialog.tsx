import { Button, Modal } from 'antd';
import { useEffect, useState } from 'react';
import type { Enrolment } from '../../api/types';
import { failureText } from '../../app/failureText';
import { useStation } from '../../app/StationContext';
import { dateTime } from '../../i18n/format';
import { useWords } from '../../i18n/LanguageContext';
import { CopyButton } from '../../widgets/Hash';

/** Asks for a one-time code when it opens, and forgets it when it closes. */
export function EnrolDialog({ open, seal, onClose }: { open: boolean; seal: string; onClose: () => void }) {
  const { t } = useWords();
  const { client } = useStation();
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    setEnrolment(null);
    setFailure(null);
    if (!open) return;
    let current = true;
    client.enrolment(seal).then((e) => current && setEnrolment(e), (e: unknown) => current && setFailure(e));
    return () => {
      current = false;
    };
  }, [open, seal, client]);
  return (
    <Modal open={open} title={t('enrol.title')} onCancel={onClose} destroyOnHidden
      footer={<Button type="primary" onClick={onClose}>{t('common.close')}</Button>}>
      {failure !== null && <p role="alert">{failureText(failure, t)}</p>}
      {!enrolment && failure === null && <p>{t('common.loading')}</p>}
      {enrolment && (
        <>
          <p className="code-big"><code>{enrolment.code}</code><CopyButton text={enrolment.code} /></p>
          <p>{t('enrol.once', { time: dateTime(enrolment.expires) })}</p>
          <p>{t('enrol.uplink')}: <code>{enrolment.uplink}</code><CopyButton text={enrolment.uplink} /></p>
        </>
      )}
    </Modal>
  );
}
