import { BlockOutlined, LogoutOutlined, ProfileOutlined, PlusSquareOutlined, AlertOutlined, AppstoreOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect } from 'react';
import { NavLink, Route, Routes, useLocation } from 'react-router';
import { useWords } from '../i18n/LanguageContext';
import { waiting } from '../live/alarms';
import { ChainPage } from '../pages/chain/ChainPage';
import { IncidentPage } from '../pages/incident/IncidentPage';
import { IncidentsPage } from '../pages/incident/IncidentsPage';
import { EntryPage } from '../pages/log/EntryPage';
import { LogPage } from '../pages/log/LogPage';
import { NotFoundPage } from '../pages/NotFoundPage';
import { OrderPage } from '../pages/order/OrderPage';
import { SealPage } from '../pages/seal/SealPage';
import { WallPage } from '../pages/wall/WallPage';
import { AlarmBar } from './AlarmBar';
import { ConnectionBanner } from './ConnectionBanner';
import { Emblem } from './Emblem';
import { may, useStation, useStationState } from './StationContext';

export function Shell() {
  const { t } = useWords();
  const { pathname } = useLocation();
  const { incidents } = useStationState();
  const count = waiting(incidents.values()).count;

  useEffect(() => {
    document.title = (count > 0 ? t('alarm.titlePrefix', { n: count }) : '') + t('app.title');
  }, [count, t]);
  useEffect(() => {
    // Newer browsers give a promise here, which must not become the effect's clean-up.
    void window.scrollTo(0, 0);
  }, [pathname]);

  return (
    <>
      <a className="skip" href="#main">{t('app.skip')}</a>
      <Header />
      <AlarmBar />
      <ConnectionBanner />
      <main id="main" className="main" tabIndex={-1}>
        <Routes>
          <Route path="/" element={<WallPage />} />
          <Route path="/incidents" element={<IncidentsPage />} />
          <Route path="/incidents/:id" element={<IncidentPage />} />
          <Route path="/seals/:number" element={<SealPage />} />
          <Route path="/orders/new" element={<OrderPage />} />
          <Route path="/log" element={<LogPage />} />
          <Route path="/log/:index" element={<EntryPage />} />
          <Route path="/chain" element={<ChainPage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Routes>
      </main>
      <footer className="footer">{t('app.beijingTime')}</footer>
    </>
  );
}

function Header() {
  const { t, language, pick, setLanguage } = useWords();
  const { me, signOut } = useStation();
  return (
    <header className="header">
      <NavLink to="/" className="brand">
        <Emblem />
        <span className="brand-text"><b>{pick(me.courtName)}</b><small>{t('app.title')}</small></span>
      </NavLink>
      <nav className="nav" aria-label={t('nav.label')}>
        <NavLink to="/" end><AppstoreOutlined aria-hidden /><span>{t('nav.wall')}</span></NavLink>
        <NavLink to="/incidents"><AlertOutlined aria-hidden /><span>{t('nav.incidents')}</span></NavLink>
        {may(me, 'order') && <NavLink to="/orders/new"><PlusSquareOutlined aria-hidden /><span>{t('nav.order')}</span></NavLink>}
        {may(me, 'log') && <NavLink to="/log"><ProfileOutlined aria-hidden /><span>{t('nav.log')}</span></NavLink>}
        {may(me, 'log') && <NavLink to="/chain"><BlockOutlined aria-hidden /><span>{t('nav.chain')}</span></NavLink>}
      </nav>
      <div className="who">
        <span className="who-name">{me.displayName}</span>
        <Button ghost size="small" lang={language === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {t('nav.language')}
        </Button>
        <Button ghost size="small" icon={<LogoutOutlined aria-hidden />} onClick={signOut} aria-label={t('nav.signOut')}>
          <span className="wide-only">{t('nav.signOut')}</span>
        </Button>
      </div>
    </header>
  );
}
