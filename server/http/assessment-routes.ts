import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { AssessmentBody } from '../contract/assessment.ts';
import { strict } from '../contract/shapes.ts';
import type { Services } from '../services.ts';
import { HttpFault } from './faults.ts';
import { reading, tags } from './follow-up-answers.ts';
import { forRoles, viewerOf } from './policy.ts';

const PeriodQuery = Type.Object(
  {
    from: Type.Optional(Type.String({ format: 'date-time', description: 'from ≤ time < to, with zone' })),
    to: Type.Optional(Type.String({ format: 'date-time', description: 'Left out: now' })),
    days: Type.Integer({
      minimum: 1,
      maximum: 366,
      default: 7,
      description: 'Where from is left out: so many before to',
    }),
  },
  strict,
);

/** 考评, for those who answer for it. Units and files are cut to the viewer's scope below the services. */
export function assessmentRoutes(app: FastifyInstance, { followUp }: Pick<Services, 'followUp'>): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>();

  api.get(
    '/assessment',
    {
      config: { policy: forRoles('region', 'responder', 'analyst', 'editor') },
      schema: {
        summary: 'Units in the order of the matrix, each figure with n and its incidents; health of accounts',
        ...{ tags, querystring: PeriodQuery, response: { ...reading, 200: AssessmentBody } },
      },
    },
    async (request) => {
      const { from, to, days } = request.query;
      const period = {
        ...(from === undefined ? { days } : { from: Date.parse(from) }),
        ...(to === undefined ? {} : { to: Date.parse(to) }),
      };
      const body = followUp.assessment(viewerOf(request), period);
      if (body !== undefined) return body;
      throw new HttpFault(400, 'invalid_request', 'querystring.to is not valid: it lies before from.', {
        where: 'querystring.to',
      });
    },
  );
}
