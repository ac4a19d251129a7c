import type { SealDetail } from '../../api/types';
import { useWords } from '../../i18n/LanguageContext';

export function PartyList({ parties, erased }: { parties: SealDetail['parties']; erased: boolean }) {
  const { t, name } = useWords();
  return (
    <section className="card" aria-labelledby="parties-head">
      <h2 id="parties-head">{t('seal.parties')}</h2>
      {parties.length === 0 ? <p className="quiet">{t(erased ? 'seal.erased' : 'seal.noParties')}</p> : (
        <ul className="parties">
          {parties.map((p) => (
            <li key={p.id}>
              <span className="quiet">{name('party', p.role)}</span> <b>{maskName(p.name)}</b>{' '}
              {p.phone && <span>{maskPhone(p.phone)}</span>} {p.email && <span>{maskEmail(p.email)}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

// A screen in a duty room is read by people behind the officer; what the station sends masked already stays as it is.

/** 张三丰 → 张**; A. Smith → A*******. */
export function maskName(name: string): string {
  const [first = '', ...rest] = [...name];
  return first + '*'.repeat(rest.length);
}

/** 13812345678 → 138****5678. */
export function maskPhone(phone: string): string {
  return phone.replace(/^(\+?\d{3})\d+(\d{4})$/, '$1****$2');
}

/** someone@court.example → s***@court.example. */
export function maskEmail(email: string): string {
  return email.replace(/^(.)[^@*]*@/, '$1***@');
}
