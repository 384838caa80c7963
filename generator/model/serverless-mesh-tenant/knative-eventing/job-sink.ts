import { receiver } from './receiver.ts';

export default receiver({ component: 'job-sink', of: 'the JobSinks' });
